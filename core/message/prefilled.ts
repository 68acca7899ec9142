import { canonical } from "../hash";

/** How far one language of a message is: nobody has written it, it is as it was prefilled, or somebody wrote it. */
export type Writing = "missing" | "prefilled" | "written";

/** `first`: what it was prefilled with, where it was. */
export const writingOf = (text: unknown, first: unknown): Writing =>
  text === undefined
    ? "missing"
    : first !== undefined && canonical(text) === canonical(first)
      ? "prefilled"
      : "written";
