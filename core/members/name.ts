const LONGEST = 200;
// Joiners hold emoji and the letters of some scripts together, tags make flags.
const UNSEEN = /(?!\u200c|\u200d|[\u{e0020}-\u{e007f}])\p{Cf}/gu;
const BREAKING = /[\s\p{Cc}]+/gu;
const WEB_ADDRESS = /:\/\/|\bwww\./iu;

/**
 * A person's name as it is shown and written into messages: on one line, without what nobody sees or what turns the direction of reading.
 * null where nothing is left; undefined when it is none: too long, or with a web address, which our own texts would carry to whoever's phone
 * stands beside it.
 */
export function normalName(text: string): string | null | undefined {
  const name = text.replace(UNSEEN, "").replace(BREAKING, " ").trim();
  return name.length > LONGEST || WEB_ADDRESS.test(name) ? undefined : name || null;
}
