import { fromCursor } from "@/core/cursor";
import { isUuid } from "@/core/uuid";
import { type Sql, sql } from "./sql";

/** What a list can be sorted by: the key over its rows, never null, and of which kind it is. */
export type SortKey = { key: Sql; is: "text" | "instant" | "number" };
export type Sorting<S extends string> = { sort: S; order: "asc" | "desc"; cursor?: string | undefined };

/**
 * The order of a list and what lies beyond its cursor in it (undefined = its begin, as for a cursor of another sort). `place`: what the next
 * cursor holds, of a row's key and id.
 */
export function keyset<S extends string>(
  { sort, order, cursor }: Sorting<S>,
  keys: Record<S, SortKey>,
  id: Sql,
): { by: Sql; beyond: Sql | undefined; place(key: string | number | Date, id: string): (string | number)[] } {
  const { key, is } = keys[sort];
  const [way, past] = order === "asc" ? [sql`ASC`, sql`>`] : [sql`DESC`, sql`<`];
  const [ofSort, ofOrder, at, after] = fromCursor(cursor) ?? [];
  const isOurs = ofSort === sort && ofOrder === order && typeof after === "string" && isUuid(after);
  const from = isOurs ? placed(at, is) : undefined;
  return {
    by: sql`${key} ${way}, ${id} ${way}`,
    beyond: from && sql`(${key}, ${id}) ${past} (${from}, ${String(after)}::uuid)`,
    place: (value, own) => [sort, order, value instanceof Date ? value.getTime() : value, own],
  };
}

function placed(at: string | number | null | undefined, is: SortKey["is"]): Sql | undefined {
  if (is === "text") return typeof at === "string" ? sql`${at}::text` : undefined;
  if (typeof at !== "number" || !Number.isSafeInteger(at)) return undefined;
  if (is === "number") return sql`${at}::bigint`;
  return Math.abs(at) < 8e15 ? sql`${new Date(at)}::timestamptz` : undefined;
}
