import { spoken } from "@/core/events/event-name";
import type { Leaf } from "@/core/rules/rule";
import type { SeenField } from "@/core/rules/seen";
import type { Field, SeenIn } from "./field";

export type { SeenIn };

/** Own properties or attributes as fields, of the type that most of their values have; without those known by the catalogue. */
export function seenFields(of: keyof SeenIn, seen: SeenField[] = [], known: Field[] = []): Field[] {
  const paths = new Set(known.map(({ path }) => path));
  return seen.flatMap(({ path: name, types }): Field[] => {
    const path = of === "member" ? `member.attributes.${name}` : `${of}.${name}`;
    const isKnown = paths.has(path) || CONTACTS.has(path);
    return isKnown ? [] : [{ path, name: spoken(name), type: types[0]?.type ?? "text", of, seen: types }];
  });
}

/** Contacts that somebody else owns: kept, and nothing to send to or to choose by. */
const CONTACTS = new Set(["member.attributes.unverified_phone", "member.attributes.unverified_email"]);

/** As what an own field can be compared, where its values do not say so alone. */
export const TYPES = ["text", "number", "boolean", "date", "list"] as const satisfies Field["type"][];

/**
 * As what a condition takes an own field: as what its value is, or else as its comparison wants it, where that has been seen or nothing has; of
 * what was never asked, as most of its values are.
 */
export function typeAsked(leaf: Leaf, { type, seen }: Field): Field["type"] {
  const asked = seen && wantedBy(leaf);
  if (!asked || asked === type) return type;
  const has = (one: Field["type"]) => seen.some((each) => each.type === one);
  if (has(asked) || seen.length === 0) return asked;
  if (asked === "date") return has("instant") ? "instant" : asked;
  // An item of a list is a text too.
  if (asked === "text" && (type === "list" || type === "date" || type === "instant")) return type;
  return leaf.value === undefined ? type : asked;
}

function wantedBy({ is, value }: Leaf): Field["type"] | undefined {
  const one = Array.isArray(value) ? value[0] : value;
  switch (is) {
    case "within_days":
    case "not_within_days":
    case "before":
    case "after":
      return "date";
    case "exists":
    case "not_exists":
      return undefined;
    default:
      if (typeof one === "object") return undefined;
      if (typeof one === "number") return "number";
      if (typeof one === "boolean") return "boolean";
      if (is === "gt" || is === "gte" || is === "lt" || is === "lte" || is === "between")
        return one === undefined ? "number" : "date";
      return one === undefined ? undefined : "text";
  }
}
