import { valueName } from "@/core/events/value-names";
import type { Reader } from "@/core/journey/say-value";
import { type Named, stepCalled } from "@/core/journey/step-called";
import type { OfferNames } from "@/core/loyalty/offer-name";
import { nameIn } from "@/core/loyalty/offer-name";
import { Rule } from "@/core/rules/schema";
import { inWords } from "@/core/rules/words";
import { isUuid } from "@/core/uuid";
import { query } from "@/platform/db";
import type { Actor } from "../access/actor";
import { can, type Permission } from "../access/may";
import { namesOf } from "../audit/names";
import type { Ref } from "../audit/refs";
import type { Terms } from "./listing";

/** What a step can name, and who may know it by name. */
const THINGS = {
  offer: "offer.read",
  journey: "journey.read",
  segment: "segment.read",
  store: "workspace.read",
} as const;
type NamedThing = keyof typeof THINGS;

/** What steps are called in a file: as on the screen, by their title, else by what they do. */
export async function stepNames(
  actor: Actor,
  steps: readonly Pick<Named, "nodeSays">[],
  terms: Terms,
): Promise<(step: Named) => string> {
  const ids = [...new Set(steps.flatMap(({ nodeSays }) => idsIn(nodeSays?.values)))];
  const may = (thing: NamedThing) => can(actor, THINGS[thing] satisfies Permission);
  const refs = Object.keys(THINGS)
    .filter(isNamed)
    .flatMap((thing): Ref[] => (may(thing) ? ids.map((id) => ({ thing, id })) : []));
  const called =
    refs.length > 0 ? await query(actor.workspace, (tx) => namesOf(tx, actor.workspace, refs)) : () => UNNAMED;
  const { locale, currency, zone } = terms;
  const nameOf = (thing: NamedThing, id: string): string | undefined => {
    const { name, names } = called({ thing, id });
    return name === null ? undefined : nameIn({ name, ...(names && { names }) }, locale);
  };
  const reader: Reader = {
    locale,
    sayRule(value) {
      const rule = Rule.safeParse(value);
      const naming = { currency, zone, coupons: true };
      return rule.success
        ? inWords(rule.data, locale, {
            ...naming,
            nameOf: (of, id) => (of === "offer" || of === "store" ? nameOf(of, id) : undefined),
          })
        : "…";
    },
    nameOf: (of, id) => (of === "tier" ? valueName("tier", id)?.[locale] : nameOf(of, id)),
  };
  return (step) => stepCalled(step, reader);
}

const UNNAMED: { name: string | null; names?: OfferNames } = { name: null };
const isNamed = (thing: string): thing is NamedThing => Object.hasOwn(THINGS, thing);

/** Every id that stands anywhere in a value. */
function idsIn(value: unknown): string[] {
  if (typeof value === "string") return isUuid(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(idsIn) : [];
}
