import { dayOf, dayPlus } from "../time/day";
import type { Rule } from "./rule";
import { leavesOf } from "./walk";

/** What of a member a rule reads. */
export type Reads = {
  /** Member fields by name (`tier`, `attributes.district`). */
  fields: ReadonlySet<string>;
  /** What behaviours name. */
  did: ReadonlySet<string>;
  /** How many days of daily facts it looks back; null = at none. */
  lookback: number | null;
};

const EVER = 36_500;

export function readsOf(rule: Rule): Reads {
  const fields = new Set<string>();
  const did = new Set<string>();
  let lookback: number | null = null;
  for (const { leaf } of leavesOf(rule)) {
    if ("did" in leaf) {
      did.add(leaf.did);
      lookback = Math.max(lookback ?? 0, leaf.days ?? EVER);
    } else
      for (const path of [leaf.field, ...referred(leaf.value)])
        if (path.startsWith("member.")) fields.add(path.slice("member.".length));
  }
  return { fields, did, lookback };
}

/**
 * What rules ask of members beside their own row. `since`: the day of the zone's calendar from which on they read daily facts, absent = they read
 * none; `coupons`: what members hold.
 */
export type Asked = { since?: string | undefined; coupons?: boolean };

/** What any of these asks at an instant (epoch milliseconds). */
export function askedOf(all: Iterable<Reads>, now: number, zone: string): Asked {
  let back: number | null = null;
  let coupons = false;
  for (const reads of all) {
    if (reads.lookback !== null) back = Math.max(back ?? 0, reads.lookback);
    coupons ||= asksForCoupons(reads);
  }
  return { since: back === null ? undefined : dayPlus(dayOf(now, zone), -back), coupons };
}

export const asksForCoupons = ({ fields }: Reads): boolean => fields.has("coupons");

const referred = (value: unknown): string[] =>
  typeof value === "object" && value !== null && "field" in value && typeof value.field === "string"
    ? [value.field]
    : [];
