import type { Text } from "../text";

const HINT: Text = { en: "Reply STOP to opt out", "zh-CN": "拒收请回复R" };
const SAYS_HOW = /\b(?:reply|text|send)\s+["']?STOP\b|\bSTOP["']?\s+to\b|退订|拒收|回复?\s*(?:TD|T|R)(?![A-Za-z])/i;
const JOINTS = { en: { open: ". ", closed: " " }, "zh-CN": { open: "，", closed: "" } } satisfies Record<
  keyof Text,
  unknown
>;

/** Marketing SMS must say how to stop: adds the sentence of the language unless the marketer already wrote one. */
export function withOptOut(text: string, locale: keyof Text): string {
  if (SAYS_HOW.test(text)) return text;
  const begun = text.trimEnd();
  if (begun === "") return HINT[locale];
  const isClosed = /[.。!！?？,，;；:：]$/.test(begun);
  return `${begun}${JOINTS[locale][isClosed ? "closed" : "open"]}${HINT[locale]}`;
}
