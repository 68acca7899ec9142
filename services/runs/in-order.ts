import { fromCursor } from "@/core/cursor";
import { isUuid } from "@/core/uuid";
import { type Sql, sql } from "@/platform/db";

/** A row's place in a list. */
export type Place = { at: Date; id: string };

/**
 * The order of a list of what members went through, and what lies beyond a cursor in it (undefined = the list's begin). A list that nothing narrows goes by its
 * ids, which grow with time, so that it is read off the key; a narrowed one by its own instant. The cursor holds both.
 */
export function inOrder(
  { order, cursor }: { order: "asc" | "desc"; cursor?: string | undefined },
  isNarrow: boolean,
  of: { at: Sql; id: Sql },
): { by: Sql; beyond: Sql | undefined; after(place: Place): Sql; upTo(place: Place): Sql } {
  const [way, past, till] = order === "asc" ? [sql`ASC`, sql`>`, sql`<=`] : [sql`DESC`, sql`<`, sql`>=`];
  const by = isNarrow ? sql`${of.at} ${way}, ${of.id} ${way}` : sql`${of.id} ${way}`;
  const against = (than: Sql, place: Place) =>
    isNarrow
      ? sql`(${of.at}, ${of.id}) ${than} (${place.at}::timestamptz, ${place.id}::uuid)`
      : sql`${of.id} ${than} ${place.id}::uuid`;
  const after = (place: Place) => against(past, place);
  const upTo = (place: Place) => against(till, place);
  const [at, id] = fromCursor(cursor) ?? [];
  if (typeof at !== "number" || Math.abs(at) >= 8e15 || typeof id !== "string" || !isUuid(id))
    return { by, beyond: undefined, after, upTo };
  return { by, beyond: after({ at: new Date(at), id }), after, upTo };
}
