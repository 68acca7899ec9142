import { gapBetween } from "../gaps";
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

/** Between Chinese and what is not stands a gap, on whichever side the value ends. */
const apart = ({ text, isValue }: Piece, before: Piece | undefined): Piece => ({
  text: gapBetween(before?.text ?? "", text) + text,
  isValue,
});
