import { changesIn } from "@/core/audit/changes";
import { isUuid } from "@/core/uuid";
import { refsIn } from "./refs";

/** A fact longer than this is cut: the audit says what was done, it does not repeat a document. */
const LONGEST = 200;
const MOST = 20;

export type Fact = { field: string; value: string; before?: string };

/**
 * The plain fields of an audited input, `filters.state: failed`; ids are told as links instead, and drawings, rules and other documents by
 * how much they hold.
 */
export function factsOf(detail: unknown): Fact[] {
  const changes = changesIn(detail);
  if (changes)
    return changes.map(({ setting, before, after }) => ({ field: setting, before: told(before), value: told(after) }));
  return flat(detail, "", 0).slice(0, MOST);
}

function flat(value: unknown, field: string, depth: number): { field: string; value: string }[] {
  if (value === null || value === undefined || value === "") return [];
  if (typeof value === "string") return isUuid(value) ? [] : [{ field, value: cut(value) }];
  if (typeof value === "number" || typeof value === "boolean") return [{ field, value: String(value) }];
  if (typeof value !== "object") return [];
  // Told as links.
  if (refsIn(field, value).length > 0) return [];
  if (Array.isArray(value)) {
    const isPlain = value.every((one) => typeof one === "string" || typeof one === "number");
    return value.length === 0
      ? []
      : [
          {
            field,
            value: isPlain && !value.some((one) => isUuid(String(one))) ? cut(value.join(", ")) : `× ${value.length}`,
          },
        ];
  }
  if (depth >= 2) return [];
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, field ? `${field}.${key}` : key, depth + 1));
}

const told = (value: string | number | boolean | null): string => (value === null ? "" : cut(String(value)));
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
