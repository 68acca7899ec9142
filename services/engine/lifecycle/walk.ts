import { z } from "zod";
import type { JourneyId, RunId, WorkspaceId } from "@/core/ids";
import { type Sql, sql, type Tx } from "@/platform/db";

/** How far a walk over a journey's runs has come: newest entry first. */
export const Place = z.object({ at: z.number(), id: z.uuid() });
export type Place = z.infer<typeof Place>;

/** Runs looked at in one step of a walk, and those of them taken along. */
const STRETCH = 20_000;
const TAKEN = 1000;

/**
 * The next runs of a journey that fit, by run_list, from a place on. A step looks at a bounded stretch, so that a journey with millions of ended
 * runs costs no long transaction; `next` is null when the walk is over. Who enters while it goes on is not met.
 */
export async function walk(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  from: Place | null,
  fits: Sql,
  limit = TAKEN,
): Promise<{ ids: RunId[]; next: Place | null }> {
  const after = from
    ? sql`AND r.entered_at <= ${new Date(from.at)}::timestamptz AND (r.entered_at, r.id) < (${new Date(from.at)}::timestamptz, ${from.id}::uuid)`
    : sql``;
  const stretch = sql`
    SELECT r.* FROM run r WHERE r.journey_id = ${journey} AND r.workspace_id = ${workspace} ${after} ORDER BY r.entered_at DESC, r.id DESC`;
  const rows = await tx.rows<{ id: RunId; at: number }>(sql`
    SELECT r.id, (extract(epoch FROM r.entered_at) * 1000)::float8 AS at FROM (${stretch} LIMIT ${STRETCH}) AS r
    WHERE ${fits} ORDER BY r.entered_at DESC, r.id DESC LIMIT ${limit}`);
  const ids = rows.map((row) => row.id);
  if (rows.length === limit) return { ids, next: rows.at(-1) ?? null };
  const end = await tx.one<Place>(sql`
    SELECT r.id, (extract(epoch FROM r.entered_at) * 1000)::float8 AS at FROM (${stretch} OFFSET ${STRETCH - 1} LIMIT 1) AS r`);
  return { ids, next: end ?? null };
}
