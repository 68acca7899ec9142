import { EVENT_NAMES, eventKind } from "../events/catalogue";
import { spoken } from "../events/event-name";
import type { Locale } from "../text";
import { COUPON, LINKS, MEMBER, WORKSPACE } from "./variables";

/** A template's first words as a person reads them: values by name instead of Liquid. */
export function readable(text: string, locale: Locale): string {
  return text
    .replace(/\{\{([\s\S]*?)\}\}/g, (_, inner: string) => `‹${nameOf(inner.split("|")[0]?.trim() ?? "", locale)}›`)
    .replace(/\{%[\s\S]*?%\}/g, "")
    .replace(/\{\{?[^}]*…?$/, "…");
}

function nameOf(path: string, locale: Locale): string {
  const event = path.startsWith("event.") ? PROPERTIES[path.slice("event.".length)] : undefined;
  return (
    event?.[locale] ??
    VARIABLES[path.replace(/^coupons\[\d+\]/, "coupon")]?.[locale] ??
    spoken(path.split(".").at(-1) ?? path)[locale]
  );
}

/** Names of what events tell; where several tell something of one name, as the one that most journeys start with calls it. */
const PROPERTIES = Object.fromEntries(
  [...EVENT_NAMES, "order_paid"].flatMap((event) =>
    Object.entries(eventKind(event)?.properties ?? {}).map(([key, { name }]) => [key, name]),
  ),
);

const VARIABLES = Object.fromEntries(
  [...MEMBER, ...COUPON, ...LINKS, ...WORKSPACE].map(({ liquid, name }) => [
    liquid.slice(2, -2).split("|")[0]?.trim() ?? "",
    name,
  ]),
);
