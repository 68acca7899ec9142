import { z } from "zod";
import { type Page, page, pageInput, toCursor } from "@/core/cursor";
import { ok } from "@/core/refusals";
import { join, type Sql, sql, type Tx } from "@/platform/db";
import type { Actor } from "../access/actor";
import { useCase } from "../access/use-case";
import { inOrder, type Place } from "./in-order";
import { runFilter, runsWhere } from "./run-filter";
import { RunLine, readRunLines } from "./run-line";

const ListRuns = z.object({
  ...pageInput,
  ...runFilter,
  order: z.enum(["asc", "desc"]).default("desc").describe("by entry"),
});

/** Runs whose journals are looked up for one page: some ten thousand, in a second or so. */
const FIRST_SLICE = 500;
const GROWS_BY = 4;
const LAST_SLICE = 32_000;

/**
 * Runs by entry, the newest first unless asked; `state` live = ready or parked, ended = the others. Of one journey or member by their own
 * index; else by id, which is made at entry, so that the primary key is the order.
 */
export const listRuns = useCase({
  may: "run.read",
  input: ListRuns,
  output: z.object({ items: z.array(RunLine), next: z.string().nullable() }),
  says: "Runs by journey, member, node, state, reason, time and words, newest first. A page asked for with `reached` or `left` may hold fewer than its limit, or none, and have a next",
  async run({ tx, actor, now }, { cursor, limit, order, ...filter }) {
    const { where, passed } = await runsWhere(tx, actor.workspace, filter, now);
    const isNarrow = filter.journey !== undefined || filter.member !== undefined || filter.q !== undefined;
    const place = inOrder({ order, cursor }, isNarrow, { at: sql`r.entered_at`, id: sql`r.id` });
    if (place.beyond) where.push(place.beyond);
    if (passed.length > 0) return ok(await passing(tx, actor, { where, passed }, place, limit));
    const rows = await readRunLines(tx, actor, join(where, " AND "), place.by, limit + 1);
    return ok(page(rows, limit, placeOf));
  },
});

const placeOf = ({ enteredAt, id }: Pick<RunLine, "enteredAt" | "id">) => [enteredAt.getTime(), id];

/**
 * Runs by what their journals tell. Those that went a rare way lie far apart among millions: slices of runs are looked at, each larger than the
 * one before, until the page is full or enough was looked at. A page that is not full goes on where the looking ended.
 */
async function passing(
  tx: Tx,
  actor: Actor,
  { where, passed }: { where: readonly Sql[]; passed: readonly Sql[] },
  { by, after, upTo }: ReturnType<typeof inOrder>,
  limit: number,
): Promise<Page<RunLine>> {
  const found: RunLine[] = [];
  let rest = where;
  for (let slice = FIRST_SLICE; ; slice *= GROWS_BY) {
    const last = await tx.one<Place>(sql`
      SELECT r.entered_at AS at, r.id FROM run r WHERE r.workspace_id = ${actor.workspace} AND ${join(rest, " AND ")} ORDER BY ${by} OFFSET ${slice - 1} LIMIT 1`);
    const among = [...rest, ...(last ? [upTo(last)] : []), ...passed];
    found.push(...(await readRunLines(tx, actor, join(among, " AND "), by, limit + 1 - found.length)));
    if (!last || found.length > limit) return page(found, limit, placeOf);
    if (slice >= LAST_SLICE) return { items: found, next: toCursor(placeOf({ enteredAt: last.at, id: last.id })) };
    rest = [...where, after(last)];
  }
}
