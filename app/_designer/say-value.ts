import { EVENT_NAMES, eventKind } from "@/core/events/catalogue";
import { eventName, spoken } from "@/core/events/event-name";
import type { Value } from "@/core/journey/kind";
import type { Locale } from "@/core/text";
import { sayDuration } from "@/core/time/duration-words";
import { variablesFor } from "./fields/messages/variables";
import { sayRule } from "./rules/say";
import type { Shelf } from "./shelf";
import { spaced } from "./words";

/** A value of a card's line in the reader's words: offers by name, durations and rules in words. */
export function sayValue(value: Value, shelf: Shelf): string {
  const { locale } = shelf;
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
      return sayRule(value.rule, shelf);
    case "offer":
      return shelf.offers.find((offer) => offer.id === value.offer)?.name ?? "…";
    case "tier":
      return shelf.tiers.find((tier) => tier.id === value.tier)?.name ?? value.tier;
    case "journey":
      return shelf.journeys.find((journey) => journey.id === value.journey)?.name ?? "…";
    case "segment":
      return shelf.segments.find((segment) => segment.id === value.segment)?.name ?? "…";
    default:
      return value satisfies never;
  }
}

/** A template's first words as a person reads them: values by name instead of Liquid. */
function readable(text: string, locale: Locale): string {
  return text
    .replace(/\{\{([\s\S]*?)\}\}/g, (_, inner: string) => `‹${nameOf(inner.split("|")[0]?.trim() ?? "", locale)}›`)
    .replace(/\{%[\s\S]*?%\}/g, "")
    .replace(/\{\{?[^}]*…?$/, "…");
}

function nameOf(path: string, locale: Locale): string {
  const event = path.startsWith("event.") ? PROPERTIES[path.slice("event.".length)] : undefined;
  return (
    event?.[locale] ??
    variablesFor({}).find(
      (variable) => variable.liquid.slice(2, -2).split("|")[0]?.trim() === path.replace(/^coupons\[\d+\]/, "coupon"),
    )?.name[locale] ??
    spoken(path.split(".").at(-1) ?? path)[locale]
  );
}

/** Names of what events tell; where several tell something of one name, as the one that most journeys start with calls it. */
const PROPERTIES = Object.fromEntries(
  [...EVENT_NAMES, "order_paid"].flatMap((event) =>
    Object.entries(eventKind(event)?.properties ?? {}).map(([key, { name }]) => [key, name]),
  ),
);
