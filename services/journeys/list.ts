import { z } from "zod";
import { fromCursor, idsInput, page, pageInput } from "@/core/cursor";
import { ok } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { join, type Sql, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { JourneyLine, JourneyState, readJourneyHeads } from "./journey-view";
import { withCounts } from "./line-counts";
import { COUNTS, isCount, listByCount } from "./list-by-count";

const ListJourneys = z.object({
  ...pageInput,
  ...idsInput,
  state: JourneyState.optional(),
  label: z.string().max(60).optional(),
  q: z.string().trim().max(120).optional(),
  sort: z.enum(["changed", "name", ...COUNTS]).default("changed"),
  order: z.enum(["asc", "desc"]).default("desc"),
});
const WEEK = 7 * 86_400_000;

/** Archived ones only when asked for by their state or their ids. */
export const listJourneys = useCase({
  may: "journey.read",
  input: ListJourneys,
  output: z.object({ items: z.array(JourneyLine), next: z.string().nullable() }),
  says: "Journeys, the latest changed first unless asked, with who is on the way; archived ones only by their state or ids",
  async run({ tx, actor: { workspace }, now }, { cursor, limit, ids, state, label, q, sort, order }) {
    const where: Sql[] = [
      state ? sql`j.state = ${state}` : ids ? sql`true` : sql`j.state <> 'archived'`,
      ...(ids ? [sql`j.id = ANY(${ids}::uuid[])`] : []),
    ];
    if (label) where.push(sql`${label} = ANY(j.labels)`);
    if (q) where.push(sql`strpos(lower(j.name), lower(${q})) > 0`);
    const since = new Date(now.getTime() - WEEK);
    if (isCount(sort))
      return ok(await listByCount(tx, workspace, join(where, " AND "), { sort, order, cursor, limit, since }));
    const key = sort === "name" ? sql`j.name` : sql`j.updated_at`;
    const [way, beyond] = order === "asc" ? [sql`ASC`, sql`>`] : [sql`DESC`, sql`<`];
    const after = placeAfter(cursor, sort);
    if (after) where.push(sql`(${key}, j.id) ${beyond} (${after.key}, ${after.id}::uuid)`);
    const heads = await readJourneyHeads(
      tx,
      workspace,
      join(where, " AND "),
      sql`${key} ${way}, j.id ${way}`,
      limit + 1,
    );
    const { items, next } = page(heads, limit, (j) => [sort, sort === "name" ? j.name : j.updatedAt.getTime(), j.id]);
    return ok({ items: await withCounts(tx, workspace, items, since), next });
  },
});

/** Where the page before ended; undefined for a cursor of another sort, so that the list begins at its start. */
function placeAfter(cursor: string | undefined, sort: "changed" | "name"): { key: Sql; id: string } | undefined {
  const [of, at, id] = fromCursor(cursor) ?? [];
  if (of !== sort || typeof id !== "string" || !isUuid(id)) return undefined;
  if (sort === "name") return typeof at === "string" ? { key: sql`${at}::text`, id } : undefined;
  return typeof at === "number" && Math.abs(at) < 8e15 ? { key: sql`${new Date(at)}::timestamptz`, id } : undefined;
}
