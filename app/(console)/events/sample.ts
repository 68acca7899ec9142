import { eventKind } from "@/core/events/catalogue";
import type { PropertyType } from "@/core/events/property";

const SAMPLES: Record<PropertyType, unknown> = {
  text: "…", money: 12_800, count: 1, number: 1, boolean: true, instant: "2026-01-01T08:00:00Z", date: "2026-01-01", list: ["…"],
  items: [{ sku: "oat-500", name: "有机燕麦 500g", category: "food", price: 6_400, quantity: 2 }],
};
// The few that a journey looks at; the rest can be typed.
const USEFUL = new Set(["order_id", "amount", "store", "category", "channel", "items", "path", "title", "product_id", "name", "score", "code", "topic", "complaint_id", "survey"]);

/** Properties of an event to start from, by its schema in the catalogue. */
export function sampleOf(event: string): Record<string, unknown> {
  const properties = eventKind(event)?.properties ?? {};
  const shown = Object.entries(properties).filter(([name, property]) => property.required || USEFUL.has(name));
  return Object.fromEntries(shown.map(([name, property]) => [name, name === "order_id" ? `T-${Math.floor(Math.random() * 1e6)}` : (property.options?.[0] ?? SAMPLES[property.type])]));
}
