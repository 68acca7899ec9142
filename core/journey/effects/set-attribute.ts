import { z } from "zod";
import { canonical } from "../../hash";
import type { EventFacts, MemberFacts } from "../../rules/facts";
import { find } from "../../rules/found";
import { unstorable } from "../../storable";
import { AttributeChange, AttributeName } from "../parts/attribute";
import type { EffectOf } from "./effect";
import { type EffectKind, NOTHING } from "./effect-kind";

export const setAttribute: EffectKind<"setAttribute"> = {
  schema: z.strictObject({ type: z.literal("setAttribute"), attribute: AttributeName, change: AttributeChange }),
  bound: () => NOTHING,
  tells: ({ attribute, change }) => [
    {
      event: "attribute_changed",
      knows: { attribute, ...(change.is === "value" && { value: change.value }) },
      // What is added to changes each time.
      ...(change.is !== "add" && { sets: { what: `attribute ${attribute}`, to: canonical(change) } }),
      isSure: change.is !== "event",
      comes: "at once",
    },
  ],
  pretend: () => ({}),
  alter: (effect, member, entry) => ({ ...member, attributes: attributesAfter(effect, member, entry) }),
};

/** Why an attribute stays as it is. */
export type Unset = "not_a_number" | "beyond_number" | "no_value" | "not_keepable";

/**
 * Why an attribute cannot be set, null where it can: it holds something else than the number to add to, or the sum would be too large to be exact (2^53
 * and beyond); the event has no such value, or one that no attribute holds. An attribute that is not there counts from 0.
 */
export function refusedSetting(
  { attribute, change }: EffectOf<"setAttribute">,
  member: MemberFacts,
  entry: EventFacts | undefined,
): Unset | null {
  if (change.is === "event") {
    const value = saidBy(change.property, member, entry);
    if (value === undefined || value === null) return "no_value";
    return isKeepable(value) ? null : "not_keepable";
  }
  if (change.is !== "add") return null;
  const { attributes } = member;
  const was = (Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined) ?? 0;
  if (typeof was !== "number") return "not_a_number";
  return Math.abs(was) > MOST || Math.abs(was + change.by) > MOST ? "beyond_number" : null;
}
const MOST = Number.MAX_SAFE_INTEGER;

/** A member's attributes after a change that is not refused; the same object when nothing changed. */
export function attributesAfter(
  { attribute, change }: EffectOf<"setAttribute">,
  member: MemberFacts,
  entry: EventFacts | undefined,
): MemberFacts["attributes"] {
  const { attributes } = member;
  const was = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
  const is = valueAfter(change, was, member, entry);
  if (is === was) return attributes;
  const { [attribute]: _, ...rest } = attributes;
  return is === undefined ? rest : { ...rest, [attribute]: is };
}

const LONGEST_TEXT = 500;
const LONGEST_LIST = 100;

function valueAfter(
  change: AttributeChange,
  was: unknown,
  member: MemberFacts,
  entry: EventFacts | undefined,
): unknown {
  switch (change.is) {
    case "value":
      return change.value;
    case "unset":
      return undefined;
    case "add":
      return (typeof was === "number" ? was : 0) + change.by;
    case "event": {
      const value = saidBy(change.property, member, entry);
      return isKeepable(value) ? value : was;
    }
    default:
      return change satisfies never;
  }
}

const saidBy = (property: string, member: MemberFacts, entry: EventFacts | undefined): unknown =>
  entry && find(`entry.${property}`, { member, entry, now: entry.acceptedAt, zone: "UTC" }).value;

/** What an attribute may hold: a short text, a number, yes or no, or a short list of these. */
function isKeepable(value: unknown): boolean {
  if (Array.isArray(value))
    return value.length <= LONGEST_LIST && value.every((one) => !Array.isArray(one) && isKeepable(one));
  return (
    (typeof value === "string" && value.length <= LONGEST_TEXT && !unstorable(value)) ||
    typeof value === "number" ||
    typeof value === "boolean"
  );
}
