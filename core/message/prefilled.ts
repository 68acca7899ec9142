import { canonical } from "../hash";
import type { MessageContent } from "./content";

/** What a fresh message says on each channel, in both languages, until somebody writes it. */
export const PREFILLED = {
  push: {
    "zh-CN": { title: "{{ workspace.name }}", body: "{{ member.name }}，您好！" },
    en: { title: "{{ workspace.name }}", body: "Hello {{ member.name }}!" },
  },
  sms: {
    "zh-CN": { text: "【{{ workspace.name }}】{{ member.name }}，您好！" },
    en: { text: "Hello {{ member.name }}!" },
  },
} satisfies MessageContent;

/** How far one language of a message is: nobody has written it, it is as it was prefilled, or somebody wrote it. */
export type Writing = "missing" | "prefilled" | "written";

/** `first`: what it was prefilled with, where it was. */
export const writingOf = (text: unknown, first: unknown): Writing =>
  text === undefined
    ? "missing"
    : first !== undefined && canonical(text) === canonical(first)
      ? "prefilled"
      : "written";
