import { catalogue, eventKind, isCatalogued } from "@/core/events/catalogue";
import type { PropertyType } from "@/core/events/property";

const SAMPLES: Partial<Record<PropertyType, unknown>> = {
  money: 12_800,
  count: 1,
  number: 1,
  boolean: true,
  instant: "2026-01-01T08:00:00Z",
  date: "2026-01-01",
  items: [{ sku: "oat-500", name: "有机燕麦 500g", category: "food", price: 6_400, quantity: 2 }],
};
// Texts that mean something as they stand; a store or a code of nowhere would only mislead.
const TEXTS: Record<string, string> = {
  category: "food",
  path: "/oat",
  title: "有机燕麦",
  product_id: "oat-500",
  name: "有机燕麦 500g",
  topic: "delivery",
};
// The few that a journey looks at; the rest can be typed.
const USEFUL = new Set(["order_id", "amount", "channel", "items", "score", ...Object.keys(TEXTS)]);

/** What only ledgers and servers tell cannot be sent by hand; names of the shop's own can. */
export const isSendable = (event: string): boolean => !isCatalogued(event) || catalogue[event].from === "sender";

/** Properties of an event to start from, by its schema in the catalogue. */
export function sampleOf(event: string): Record<string, unknown> {
  const properties = eventKind(event)?.properties ?? {};
  const shown = Object.entries(properties).filter(([name, property]) => property.required || USEFUL.has(name));
  return Object.fromEntries(
    shown.flatMap(([name, { type, options }]) => {
      const sample =
        name.endsWith("_id") && type === "text" && !TEXTS[name]
          ? `T-${Math.floor(Math.random() * 1e6)}`
          : (options?.[0] ?? TEXTS[name] ?? SAMPLES[type]);
      return sample === undefined ? [] : [[name, sample]];
    }),
  );
}
