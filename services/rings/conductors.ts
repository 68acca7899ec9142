import {
  broadcastConductor,
  type ConductorId,
  type JobId,
  type JourneyId,
  jobConductor,
  journeyConductor,
  segmentsConductor,
  type WorkspaceId,
} from "@/core/ids";
import { engine, poll, type Sql, sql, type Tx } from "@/platform/db";

/** Makes the rows of a journey's conductors, one per shard. A row without a workflow is harmless: the first ring starts it. */
export async function ensureConductor(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  shards: number,
): Promise<void> {
  const rows = Array.from({ length: shards }, (_, shard) => ({ id: journeyConductor(journey, shard), shard }));
  await ensure(tx, workspace, "journey", journey, rows);
}

/** Makes the row of a workspace's segments' conductor. */
export async function ensureSegments(tx: Tx, workspace: WorkspaceId): Promise<void> {
  await ensure(tx, workspace, "segments", workspace, [{ id: segmentsConductor(workspace), shard: 0 }]);
}

/** Makes the row of a broadcast's conductor. */
export async function ensureBroadcast(tx: Tx, workspace: WorkspaceId, broadcast: string): Promise<void> {
  await ensure(tx, workspace, "broadcast", broadcast, [{ id: broadcastConductor(broadcast), shard: 0 }]);
}

/** Makes the row of a workspace's conductor of outgoing webhooks. */
export async function ensureCaller(tx: Tx, workspace: WorkspaceId, id: ConductorId): Promise<void> {
  await ensure(tx, workspace, "caller", "webhooks", [{ id, shard: 0 }]);
}

async function ensure(
  tx: Tx,
  workspace: WorkspaceId,
  kind: string,
  subject: string,
  rows: { id: ConductorId; shard: number }[],
): Promise<void> {
  await tx.run(sql`
    INSERT INTO conductor (workspace_id, id, kind, subject, shard)
    SELECT ${workspace}, c.id, ${kind}, ${subject}, c.shard FROM unnest(${rows.map((r) => r.id)}::text[], ${rows.map((r) => r.shard)}::int[]) AS c(id, shard)
    ON CONFLICT DO NOTHING`);
}

/** Makes the row of a background job's conductor. */
export async function ensureJob(tx: Tx, workspace: WorkspaceId, job: JobId): Promise<void> {
  await tx.run(sql`
    INSERT INTO conductor (workspace_id, id, kind, subject) VALUES (${workspace}, ${jobConductor(job)}, 'job', ${job}) ON CONFLICT DO NOTHING`);
}

/** The activity takes the chair before its first look; whoever held it before can no longer put the conductor to sleep. */
export async function take(workspace: WorkspaceId, conductor: ConductorId, holder: string): Promise<boolean> {
  return engine(
    async (tx) =>
      1 ===
      (await tx.run(sql`
    UPDATE conductor SET holder = ${holder}, is_awake = true, next_due = NULL, started_at = clock_timestamp() WHERE workspace_id = ${workspace} AND id = ${conductor}`)),
  );
}

/** Gives the chair back without sleeping: the row stays awake with nobody in it, so the sweep or the retry takes over at once. */
export async function leave(workspace: WorkspaceId, conductor: ConductorId, holder: string): Promise<void> {
  await engine((tx) =>
    tx.run(
      sql`UPDATE conductor SET holder = NULL WHERE workspace_id = ${workspace} AND id = ${conductor} AND holder = ${holder}`,
    ),
  );
}

/**
 * Leaves the chair for good: its row goes, so that nothing starts this conductor again, unless somebody else took the chair. `isOver` is asked
 * first, since what it locks comes before conductors; false when it found that there is work after all.
 */
export async function retire(
  workspace: WorkspaceId,
  conductor: ConductorId,
  holder: string,
  isOver: (tx: Tx) => Promise<boolean>,
): Promise<boolean> {
  return engine(async (tx) => {
    if (!(await isOver(tx))) return false;
    await tx.run(
      sql`DELETE FROM conductor WHERE workspace_id = ${workspace} AND id = ${conductor} AND holder = ${holder}`,
    );
    return true;
  });
}

/** soon: it keeps its chair, for its next instant is only `ms` away. */
export type Sleep = { is: "asleep"; until: Date | null } | { is: "soon"; ms: number } | { is: "work" } | { is: "lost" };
/** Who sits there, and for how near an instant the chair is kept. */
export type Chair = { holder: string; soonMs: number };

/**
 * Goes to sleep, unless work came, will come at once, or somebody else took the chair. In one READ COMMITTED transaction: the own row is locked
 * first, so that a ring either committed its work before (the second statement sees it) or waits and then finds this conductor asleep.
 */
export async function sleepOff(
  workspace: WorkspaceId,
  conductor: ConductorId,
  { holder, soonMs }: Chair,
  hasWork: (tx: Tx) => Promise<boolean>,
  nextDue: Sql,
): Promise<Sleep> {
  return engine(async (tx) => {
    const mine = await tx.one(sql`
      SELECT 1 FROM conductor WHERE workspace_id = ${workspace} AND id = ${conductor} AND holder = ${holder} FOR UPDATE`);
    if (!mine) return { is: "lost" };
    if (await hasWork(tx)) return { is: "work" };
    const row = await tx.one<{ until: Date | null; ms: number; isSoon: boolean }>(sql`
      WITH due AS MATERIALIZED (SELECT (${nextDue}) AS until, clock_timestamp() AS now),
      soon AS (SELECT until, now, COALESCE(until <= now + ${soonMs} * interval '1 millisecond', false) AS is FROM due)
      UPDATE conductor SET is_awake = soon.is, holder = CASE WHEN soon.is THEN holder END, next_due = soon.until FROM soon
      WHERE workspace_id = ${workspace} AND id = ${conductor}
      RETURNING soon.until, soon.is AS "isSoon", COALESCE(extract(epoch FROM soon.until - soon.now) * 1000, 0)::float8 AS ms`);
    return row?.isSoon ? { is: "soon", ms: Math.max(0, row.ms) } : { is: "asleep", until: row?.until ?? null };
  });
}

/** Work that a sleeping conductor was started for and that is still there after so long is looked at by the workers' timers again. */
const AGAIN_MS = 2000;

/** What somebody else has locked is free again so much later, most likely. */
const LOCKED_MS = 250;

/** What is left to do of a sleeping conductor's work: nothing now; what others hold at the moment; what is for itself. */
export type Left = "nothing" | "held" | "its own";

/**
 * For whoever moved a sleeping conductor's members in this transaction: notes when the next is due, or starts it where work is left that is its own.
 * Its row is locked first, as in `sleepOff`. Nothing is noted of one that took its chair meanwhile: it looks itself before it rests.
 */
export async function sleepOn(
  tx: Tx,
  workspace: WorkspaceId,
  conductor: ConductorId,
  look: (tx: Tx) => Promise<Left>,
  nextDue: Sql,
): Promise<void> {
  const [, left] = await Promise.all([
    tx.run(sql`SELECT 1 FROM conductor WHERE workspace_id = ${workspace} AND id = ${conductor} FOR NO KEY UPDATE`),
    look(tx),
  ]);
  if (left === "its own") return handOver(tx, workspace, conductor);
  const next = left === "held" ? sql`clock_timestamp() + ${LOCKED_MS} * interval '1 millisecond'` : sql`(${nextDue})`;
  tx.push(
    sql`UPDATE conductor SET next_due = ${next} WHERE workspace_id = ${workspace} AND id = ${conductor} AND NOT is_awake`,
  );
}

/** Starts a sleeping conductor for what is due to its members; the timers leave them alone meanwhile. */
export function handOver(tx: Tx, workspace: WorkspaceId, conductor: ConductorId): void {
  tx.push(sql`
    WITH left_over AS (
      UPDATE conductor SET next_due = clock_timestamp() + ${AGAIN_MS} * interval '1 millisecond'
      WHERE workspace_id = ${workspace} AND id = ${conductor} AND NOT is_awake RETURNING id)
    SELECT pg_notify('start', ${workspace} || ' ' || id) FROM left_over`);
}

/** A sleeping journey's conductor, and in how many milliseconds its next member is due; negative when it is past. */
export type Near = { workspace: WorkspaceId; journey: JourneyId; shard: number; conductor: ConductorId; ms: number };

/** The sleeping journeys whose next instant is at most so near, the earliest first, at most 200. By conductor_due. */
export const nearDue = (aheadMs: number): Promise<Near[]> =>
  poll(sql`
    SELECT workspace_id AS workspace, subject AS journey, shard, id AS conductor, (extract(epoch FROM next_due - clock_timestamp()) * 1000)::float8 AS ms
    FROM conductor WHERE next_due < (SELECT clock_timestamp() + ${aheadMs} * interval '1 millisecond') AND NOT is_awake AND kind = 'journey'
    ORDER BY next_due LIMIT 200`);
