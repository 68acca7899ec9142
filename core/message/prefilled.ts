import { canonical } from "../hash";
import type { MessageContent } from "./content";

/** What messages began with until they began empty: drafts and exports still hold it, and nobody wrote it. */
export const ONCE_PREFILLED: MessageContent = {
  push: {
    "zh-CN": { title: "{{ workspace.name }}", body: "{{ member.name }}，您好！" },
    en: { title: "{{ workspace.name }}", body: "Hello {{ member.name }}!" },
  },
  sms: {
    "zh-CN": { text: "【{{ workspace.name }}】{{ member.name }}，您好！" },
    en: { text: "Hello {{ member.name }}!" },
  },
};

/** How far one language of a message is: nobody has written it, it is as it was prefilled, or somebody wrote it. */
export type Writing = "missing" | "prefilled" | "written";

/** `first`: what it was prefilled with, where it was. */
export const writingOf = (text: unknown, first: unknown): Writing =>
  text === undefined
    ? "missing"
    : first !== undefined && canonical(text) === canonical(first)
      ? "prefilled"
      : "written";
