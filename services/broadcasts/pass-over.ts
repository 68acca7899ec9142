import { broadcastConductor, type JourneyId, type WorkspaceId } from "@/core/ids";
import type { Plan } from "@/core/plan/plan";
import { type Sql, sql, type Tx } from "@/platform/db";
import { loadPlans } from "../plans/plans";
import { ring } from "../rings/ring";
import { nextInstant } from "./on-publish";
import { openBroadcast, reachOf } from "./open";

/** Of a journey, those whose instant has come while nothing could begin. */
const missed = (workspace: WorkspaceId, journey: JourneyId): Sql => sql`
  workspace_id = ${workspace} AND journey_id = ${journey} AND state = 'waiting' AND starts_at <= clock_timestamp()`;

/** Broadcasts of a paused journey whose instant came in the pause: each would begin as the journey goes on. */
export async function countMissed(tx: Tx, workspace: WorkspaceId, journey: JourneyId): Promise<number> {
  const row = await tx.one<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM broadcast WHERE ${missed(workspace, journey)}`,
  );
  return row?.n ?? 0;
}

/** Passes over those; a schedule's next instant is waited for instead. The caller holds the journey. Returns how many there were. */
export const passOverMissed = (tx: Tx, workspace: WorkspaceId, journey: JourneyId, now: Date): Promise<number> =>
  passOver(tx, workspace, journey, missed(workspace, journey), now);

/** Of a journey, those that wait for an instant to come, halted ones too. */
const planned = (workspace: WorkspaceId, journey: JourneyId, now: Date): Sql => sql`
  workspace_id = ${workspace} AND journey_id = ${journey} AND state IN ('waiting', 'paused') AND started_at IS NULL
  AND starts_at > ${now} AND starts_at > created_at`;

/** The next broadcast of a journey that waits for an instant to come. */
export const nextPlanned = (
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  now: Date,
): Promise<{ id: string; at: Date } | undefined> =>
  tx.one(
    sql`SELECT id, starts_at AS at FROM broadcast WHERE ${planned(workspace, journey, now)} ORDER BY starts_at, id LIMIT 1`,
  );

/** Passes over those; a schedule goes on with its next instant behind them. The caller holds the journey. Returns how many there were. */
export const passOverPlanned = (tx: Tx, workspace: WorkspaceId, journey: JourneyId, now: Date): Promise<number> =>
  passOver(tx, workspace, journey, planned(workspace, journey, now), now);

async function passOver(tx: Tx, workspace: WorkspaceId, journey: JourneyId, which: Sql, now: Date): Promise<number> {
  const gone = await tx.rows<{ id: string; by: string; at: Date }>(sql`
    UPDATE broadcast SET state = 'cancelled', ended_at = ${now} WHERE ${which} RETURNING id, asked_by AS by, starts_at AS at`);
  const [first] = gone;
  if (!first) return 0;
  await ring(
    tx,
    workspace,
    gone.map(({ id }) => broadcastConductor(id)),
  );
  const place = await tx.one<{ plan: Plan["id"] | null; zone: string }>(sql`
    SELECT j.plan_id AS plan, w.time_zone AS zone FROM journey j JOIN workspace w ON w.id = j.workspace_id
    WHERE j.workspace_id = ${workspace} AND j.id = ${journey}`);
  const entry = place?.plan ? (await loadPlans(tx, workspace, [place.plan])).get(place.plan)?.entry : undefined;
  if (place && entry?.on === "schedule") {
    const behind = new Date(Math.max(now.getTime(), ...gone.map(({ at }) => at.getTime())));
    const startsAt = nextInstant(entry, place.zone, behind);
    if (startsAt) await openBroadcast(tx, workspace, journey, { startsAt, reach: reachOf(entry), by: first.by, now });
  }
  return gone.length;
}
