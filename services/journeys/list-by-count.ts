import { fromCursor, type Page, page } from "@/core/cursor";
import type { WorkspaceId } from "@/core/ids";
import { type Sql, sql, type Tx } from "@/platform/db";
import { type JourneyLine, readJourneyHeads } from "./journey-view";
import { withCounts } from "./line-counts";

/** By which counts the list can be sorted: who stands in a journey now, and what the week brought. */
export const COUNTS = ["live", "failed", "entered", "goals"] as const;
type Count = (typeof COUNTS)[number];
export const isCount = (sort: string): sort is Count => COUNTS.some((count) => count === sort);

/**
 * Journeys by one of their counts. They are counted as they are for the list itself, but all that the filters find: workspaces have tens of
 * journeys, so a page of the list mostly counts as many. Where counts move between two pages, a line may be told twice or not at all.
 */
export async function listByCount(
  tx: Tx,
  workspace: WorkspaceId,
  where: Sql,
  {
    sort,
    order,
    cursor,
    limit,
    since,
  }: { sort: Count; order: "asc" | "desc"; cursor: string | undefined; limit: number; since: Date },
): Promise<Page<JourneyLine>> {
  const all = await tx.rows<{ id: string }>(
    sql`SELECT j.id FROM journey j WHERE j.workspace_id = ${workspace} AND ${where}`,
  );
  const way = order === "asc" ? 1 : -1;
  const compare = (a: Place, b: Place) => way * (a.count - b.count || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const counted = await withCounts(tx, workspace, all, since);
  const places = counted.map(({ id, counts }) => ({ id, counts, count: counts[sort] })).sort(compare);
  const after = placeAfter(cursor, sort);
  const left = after ? places.filter((place) => compare(place, after) > 0) : places;
  const { items, next } = page(left.slice(0, limit + 1), limit, ({ count, id }) => [sort, count, id]);
  const ids = items.map(({ id }) => id);
  const heads = await readJourneyHeads(tx, workspace, sql`j.id = ANY(${ids}::uuid[])`, sql`j.id`, limit);
  const byId = new Map(heads.map((head) => [head.id, head]));
  return {
    next,
    items: items.flatMap(({ id, counts }) => {
      const head = byId.get(id);
      return head ? [{ ...head, counts }] : [];
    }),
  };
}

type Place = { id: string; count: number };

/** Where the page before ended; undefined for a cursor of another sort, so that the list begins at its start. */
function placeAfter(cursor: string | undefined, sort: Count): Place | undefined {
  const [of, count, id] = fromCursor(cursor) ?? [];
  return of === sort && typeof count === "number" && typeof id === "string" ? { count, id } : undefined;
}
