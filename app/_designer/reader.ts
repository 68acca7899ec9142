import type { Reader } from "@/core/journey/say-value";
import { sayRule } from "./rules/say";
import type { Shelf } from "./shelf";

const LISTS = { offer: "offers", tier: "tiers", journey: "journeys", segment: "segments" } as const;

/** Who reads what a step does: by the names on the shelf, and with rules as short as a card has room for. */
export const readerOf = (shelf: Shelf): Reader => ({
  locale: shelf.locale,
  sayRule: (rule) => sayRule(rule, shelf),
  nameOf: (of, id) => shelf[LISTS[of]].find((one) => one.id === id)?.name,
});
