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

export const asksForCoupons = ({ fields }: Reads): boolean => fields.has("coupons");

const referred = (value: unknown): string[] =>
  typeof value === "object" && value !== null && "field" in value && typeof value.field === "string"
    ? [value.field]
    : [];
