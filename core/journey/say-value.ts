import { eventName } from "../events/event-name";
import { spaced } from "../gaps";
import { readable } from "../message/readable";
import type { Locale } from "../text";
import { sayDuration } from "../time/duration-words";
import { fill, type Piece } from "./fill";
import type { Saying, Value } from "./saying";

/** Who reads: the language, how rules are put into words there, and what is called how. */
export type Reader = {
  locale: Locale;
  sayRule(rule: unknown): string;
  nameOf(of: "offer" | "tier" | "journey" | "segment", id: string): string | undefined;
};

/** A step's one line in pieces. */
export const sayLine = ({ text, values }: Saying, reader: Reader): Piece[] =>
  fill(text, reader.locale, (name) => (values[name] ? sayValue(values[name], reader) : undefined));

/** A value of a card's line in the reader's words: offers by name, durations and rules in words; of what has no name “…” is told. */
export function sayValue(value: Value, { locale, sayRule, nameOf }: Reader): string {
  switch (value.as) {
    case "text":
      return readable(value.text, locale);
    case "words":
      return readable(locale === "en" ? value.words.en : spaced(value.words["zh-CN"]), locale);
    case "count":
      return new Intl.NumberFormat(locale).format(value.count);
    case "duration":
      return sayDuration(value.duration)[locale];
    case "event":
      return eventName(value.event)[locale];
    case "rule":
      return sayRule(value.rule);
    case "offer":
      return nameOf("offer", value.offer) ?? "…";
    case "tier":
      return nameOf("tier", value.tier) ?? value.tier;
    case "journey":
      return nameOf("journey", value.journey) ?? "…";
    case "segment":
      return nameOf("segment", value.segment) ?? "…";
    default:
      return value satisfies never;
  }
}
