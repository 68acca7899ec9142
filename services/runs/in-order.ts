import { fromCursor } from "@/core/cursor";
import { isUuid } from "@/core/uuid";
import { type Sql, sql } from "@/platform/db";

/**
 * The order of a list of what members went through, and what lies beyond a cursor in it (undefined = the list's begin). A list that nothing narrows goes by its
 * ids, which grow with time, so that it is read off the key; a narrowed one by its own instant. The cursor holds both.
 */
export function inOrder(
  { order, cursor }: { order: "asc" | "desc"; cursor?: string | undefined },
  isNarrow: boolean,
  of: { at: Sql; id: Sql },
): { by: Sql; beyond: Sql | undefined } {
  const [way, past] = order === "asc" ? [sql`ASC`, sql`>`] : [sql`DESC`, sql`<`];
  const by = isNarrow ? sql`${of.at} ${way}, ${of.id} ${way}` : sql`${of.id} ${way}`;
  const [at, id] = fromCursor(cursor) ?? [];
  if (typeof at !== "number" || Math.abs(at) >= 8e15 || typeof id !== "string" || !isUuid(id))
    return { by, beyond: undefined };
  const beyond = isNarrow
    ? sql`(${of.at}, ${of.id}) ${past} (${new Date(at)}::timestamptz, ${id}::uuid)`
    : sql`${of.id} ${past} ${id}::uuid`;
  return { by, beyond };
}
