import { broadcastConductor, type JourneyId, type WorkspaceId } from "@/core/ids";
import { type Sql, sql, type Tx } from "@/platform/db";
import { ring } from "../rings/ring";
import { goOnBehind } from "./schedule";

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
  const left = new Date(Math.max(...gone.map(({ at }) => at.getTime())));
  await goOnBehind(tx, workspace, journey, { left, by: first.by, now });
  return gone.length;
}
