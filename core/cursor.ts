import { z } from "zod";

/** A cursor holds what its list is sorted by; the longest is a push address of 4,000 characters. Addresses of requests have room for twice as much. */
const LONGEST_CURSOR = 6_000;

/** The part of a list's input that every list has; spread it into the use case's `z.object`. Queries arrive as text, so numbers are coerced. */
export const pageInput = {
  cursor: z
    .string()
    .max(LONGEST_CURSOR)
    .refine(
      (cursor) => cursor === "" || fromCursor(cursor) !== undefined,
      "no cursor of ours: give the page before's next, unchanged",
    )
    .optional(),
  limit: z.coerce.number({ error: "should be a number from 1 to 200" }).int().min(1).max(200).default(50),
};

/** Of lists whose things are named elsewhere by their ids; spread like `pageInput`. */
export const idsInput = {
  ids: z
    .string()
    .transform((ids) => ids.split(","))
    .pipe(z.array(z.uuid()).max(100))
    .optional()
    .describe("only these, with commas between, at most 100"),
};

/** One page of a list; `next` is the cursor of the one after, null at the end. */
export type Page<T> = { items: T[]; next: string | null };

/** An opaque cursor over the last row's sort values. */
export const toCursor = (values: (string | number | null)[]): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(values))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const Values = z.array(z.union([z.string(), z.number(), z.null()])).max(8);

/** The sort values of a cursor; undefined when it is absent or no cursor of ours. */
export function fromCursor(cursor: string | undefined): (string | number | null)[] | undefined {
  if (!cursor) return undefined;
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    return Values.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}

/** Cuts a result of up to `limit + 1` rows into a page. */
export function page<T>(rows: T[], limit: number, key: (row: T) => (string | number | null)[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? toCursor(key(last)) : null };
}
