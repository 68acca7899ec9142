import type { Text } from "../text";

const HINT: Text = { en: "Reply STOP to opt out", "zh-CN": "拒收请回复R" };
/**
 * The words of an instruction, not those of a slogan: "stop to think" and 免费退订 tell nobody how. STOP is written in capitals where it is the word
 * to send.
 */
const SAYS_HOW = [
  /\b(?:[Rr]eply|REPLY|[Tt]ext|TEXT|[Ss]end|SEND)\s+(?:with\s+|back\s+)?["'“‘]?STOP\b/,
  /\bSTOP["'”’]?\s*(?:=|to|2)\s*(?:opt[ -]?out|unsubscribe|cancel|quit|(?:end|stop)(?=\s*(?:$|[.,;!)]|texts?\b|messages?\b|msgs?\b)))/,
  /(?:退订|拒收|取消订阅)[^。！？!?]{0,4}(?:回复?|发送?)\s*["“']?(?:TD|T|R|N|退订)/,
  /(?:回复?|发送?)\s*["“']?(?:TD|T|R|N)["”']?[^。！？!?]{0,3}(?:退订|拒收|取消)/,
  /(?:回复?|发送?)\s*["“']?(?:退订|拒收)/,
];
const JOINTS = { en: { open: ". ", closed: " " }, "zh-CN": { open: "，", closed: "" } } satisfies Record<
  keyof Text,
  unknown
>;

/** Marketing SMS must say how to stop: adds the sentence of the language unless the marketer already wrote one. */
export function withOptOut(text: string, locale: keyof Text): string {
  if (SAYS_HOW.some((words) => words.test(text))) return text;
  const begun = text.trimEnd();
  if (begun === "") return HINT[locale];
  const isClosed = /[.。!！?？,，;；:：]$/.test(begun);
  return `${begun}${JOINTS[locale][isClosed ? "closed" : "open"]}${HINT[locale]}`;
}
