import { instantOf, isDay } from "../time/day";
import { walk } from "./found";
import type { Literal } from "./rule";

/** What a value that came is, as rules compare it: a text that is a day or an instant has an order. */
export const SEEN_TYPES = ["text", "number", "boolean", "date", "instant", "list"] as const;
export type SeenType = (typeof SEEN_TYPES)[number];
/** `share`: of the values that were looked at, 0 to 1. */
export type Seen = { type: SeenType; share: number };
/** `path` without its room: `seats`, `address.city`. `types`: the most frequent first. */
export type SeenField = { path: string; types: Seen[] };

/** Rules name no deeper property than this, nor a longer name (`FieldPath`). */
const MOST_STEPS = 5;
const NAME = /^[^.\s][^.]{0,99}$/;
const ATTRIBUTE = /^[^.\s][^.]{0,99}(\.[^.\s][^.]{0,99}){0,4}$/;

/**
 * The properties that events hold and of what types, the most frequent first, then by name: reached as a rule reaches them, through what is nested
 * and through lists of lines.
 */
export function propertiesSeen(events: readonly Record<string, unknown>[]): SeenField[] {
  return tally(events, (note, properties) => deep(note, properties, [], false));
}

/** The same of members' attributes, whose whole name is one. */
export function attributesSeen(members: readonly Record<string, unknown>[]): SeenField[] {
  return tally(members, (note, attributes) => {
    for (const [name, value] of Object.entries(attributes)) {
      const type = ATTRIBUTE.test(name) ? typeOf(value) : undefined;
      if (type) note(name, type);
    }
  });
}

/** The values at a property's path of events, with how many events hold each; of a list its items. The most frequent first. */
export function valuesSeen(
  events: readonly Record<string, unknown>[],
  path: string,
): { value: Literal; count: number }[] {
  const counts = new Map<Literal, number>();
  for (const properties of events) {
    const found = walk(properties, path.split("."));
    for (const value of new Set(Array.isArray(found) ? found.flat() : [found]))
      if (isLiteral(value) && value !== "") counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (String(a.value) < String(b.value) ? -1 : 1));
}

const isLiteral = (value: unknown): value is Literal =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

type Note = (path: string, type: SeenType) => void;

function deep(note: Note, properties: object, way: string[], isInList: boolean): void {
  for (const [name, value] of Object.entries(properties)) {
    if (!NAME.test(name)) continue;
    const path = [...way, name];
    const items = Array.isArray(value) ? value : [value];
    const nested = items.filter((item) => typeof item === "object" && item !== null && !Array.isArray(item));
    if (nested.length > 0) {
      if (path.length < MOST_STEPS) for (const one of nested) deep(note, one, path, isInList || Array.isArray(value));
      continue;
    }
    const type = typeOf(value);
    if (type) note(path.join("."), isInList ? "list" : type);
  }
}

/** Undefined of what a rule takes for missing, and of what it cannot compare. */
function typeOf(value: unknown): SeenType | undefined {
  switch (typeof value) {
    case "string":
      if (value === "") return undefined;
      return isDay(value) ? "date" : instantOf(value) === undefined ? "text" : "instant";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    default:
      return Array.isArray(value) && value.length > 0 ? "list" : undefined;
  }
}

function tally<T>(records: readonly T[], look: (note: Note, record: T) => void): SeenField[] {
  const paths = new Map<string, Map<SeenType, number>>();
  for (const record of records) {
    // A property of several lines is one of its event.
    const once = new Set<string>();
    look((path, type) => {
      const key = `${type} ${path}`;
      if (once.has(key)) return;
      once.add(key);
      const types = paths.get(path) ?? new Map<SeenType, number>();
      paths.set(path, types.set(type, (types.get(type) ?? 0) + 1));
    }, record);
  }
  return [...paths]
    .map(([path, types]) => {
      const all = [...types.values()].reduce((sum, count) => sum + count, 0);
      const seen = [...types].map(([type, count]) => ({ type, share: count / all }));
      return { all, field: { path, types: seen.sort((a, b) => b.share - a.share) } };
    })
    .sort((a, b) => b.all - a.all || (a.field.path < b.field.path ? -1 : 1))
    .map(({ field }) => field);
}
