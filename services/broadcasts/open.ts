import { broadcastConductor, type JourneyId, type WorkspaceId } from "@/core/ids";
import type { Audience, Entry } from "@/core/plan/entry";
import type { Rule } from "@/core/rules/rule";
import { json, type Sql, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { ensureBroadcast } from "../rings/conductors";
import { ring } from "../rings/ring";

/** Whom a broadcast reaches and as what event they enter: the trigger as it was when the broadcast was asked for. */
export type Reach = Audience & { when: Rule; event: string };
export const reachOf = (entry: Extract<Entry, { on: "broadcast" | "schedule" }>): Reach => ({
  when: entry.when,
  event: entry.event,
  ...(entry.segment !== undefined && { segment: entry.segment }),
  ...(entry.perMinute !== undefined && { perMinute: entry.perMinute }),
});

/**
 * Writes a broadcast and rings its conductor, which waits for its instant; `isHalted`: until somebody lets it go on. One of the same journey and instant
 * stands already: nothing new.
 */
export async function openBroadcast(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  {
    startsAt,
    reach,
    by,
    now,
    isHalted = false,
  }: { startsAt: Date; reach: Reach; by: string; now: Date; isHalted?: boolean },
): Promise<string | undefined> {
  const id = newId(now.getTime());
  const made = await tx.run(sql`
    INSERT INTO broadcast (workspace_id, id, journey_id, state, starts_at, audience, asked_by, created_at)
    VALUES (${workspace}, ${id}, ${journey}, ${isHalted ? "paused" : "waiting"}, ${startsAt}, ${json(reach)}, ${by}, ${now}) ON CONFLICT DO NOTHING`);
  if (made === 0) return undefined;
  await ensureBroadcast(tx, workspace, id);
  await ring(tx, workspace, [broadcastConductor(id)]);
  return id;
}

/** Of a journey, those halted before they began. The journey's row is locked. */
export const haltedBefore = (tx: Tx, workspace: WorkspaceId, journey: JourneyId): Promise<{ id: string; at: Date }[]> =>
  tx.rows(sql`
    SELECT id, starts_at AS at FROM broadcast
    WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND state = 'paused' AND started_at IS NULL ORDER BY starts_at, id`);

/**
 * Those that have not begun no longer come, halted ones neither, but for the one to `keep`. Their conductors end now, not at their instants. The
 * journey's row is locked.
 */
export const cancelPlanned = (
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  now: Date,
  keep: string | null = null,
): Promise<void> =>
  cancel(
    tx,
    workspace,
    journey,
    sql`(state = 'waiting' OR (state = 'paused' AND started_at IS NULL)) AND id IS DISTINCT FROM ${keep}::uuid`,
    now,
  );

/** Those of a journey that stops: none of them comes any more, or goes on. Their conductors end. The journey's row is locked. */
export const callOff = (tx: Tx, workspace: WorkspaceId, journey: JourneyId, now: Date): Promise<void> =>
  cancel(tx, workspace, journey, sql`state IN ('waiting', 'running', 'paused')`, now);

async function cancel(tx: Tx, workspace: WorkspaceId, journey: JourneyId, which: Sql, now: Date): Promise<void> {
  const off = await tx.rows<{ id: string }>(sql`
    UPDATE broadcast SET state = 'cancelled', ended_at = ${now}
    WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND ${which} RETURNING id`);
  await ring(
    tx,
    workspace,
    off.map(({ id }) => broadcastConductor(id)),
  );
}
