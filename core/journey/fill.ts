import type { Locale, Text } from "../text";

/** A piece of a card's line: plain words, or a value to be shown with weight. */
export type Piece = { text: string; isValue: boolean };

/** Fills `{name}` in a kind's sentence; a value unknown to it stays out. */
export function fill(sentence: Text, locale: Locale, value: (name: string) => string | undefined): Piece[] {
  const pieces = sentence[locale].split(/\{(\w+)\}/).flatMap((text, i): Piece[] => {
    if (i % 2 === 0) return text ? [{ text, isValue: false }] : [];
    const said = value(text);
    return said ? [{ text: said, isValue: true }] : [];
  });
  return locale === "en" ? pieces : pieces.map((piece, i) => apart(piece, pieces[i - 1]));
}

/** The same gaps inside of one text. */
export const spaced = (text: string): string =>
  text.replace(/(\p{Script=Han})(?=[a-z])/giu, "$1 ").replace(/([a-z])(?=\p{Script=Han})/giu, "$1 ");

/** Between a Chinese word and a Latin one stands a gap, on whichever side the value ends. */
function apart({ text, isValue }: Piece, before: Piece | undefined): Piece {
  const meets = `${before?.text.at(-1) ?? ""}${text.charAt(0)}`;
  const needsGap = /^\p{Script=Han}[a-z]$/iu.test(meets) || /^[a-z]\p{Script=Han}$/iu.test(meets);
  return { text: needsGap ? ` ${text}` : text, isValue };
}
