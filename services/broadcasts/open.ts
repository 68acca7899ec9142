import { broadcastConductor, type JourneyId, type WorkspaceId } from "@/core/ids";
import type { Audience, Entry } from "@/core/plan/entry";
import type { Rule } from "@/core/rules/rule";
import { json, sql, type Tx } from "@/platform/db";
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

/** Writes a broadcast and rings its conductor, which waits for its instant. One of the same journey and instant stands already: nothing new. */
export async function openBroadcast(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  { startsAt, reach, by, now }: { startsAt: Date; reach: Reach; by: string; now: Date },
): Promise<string | undefined> {
  const id = newId(now.getTime());
  const made = await tx.run(sql`
    INSERT INTO broadcast (workspace_id, id, journey_id, state, starts_at, audience, asked_by, created_at)
    VALUES (${workspace}, ${id}, ${journey}, 'waiting', ${startsAt}, ${json(reach)}, ${by}, ${now}) ON CONFLICT DO NOTHING`);
  if (made === 0) return undefined;
  await ensureBroadcast(tx, workspace, id);
  await ring(tx, workspace, [broadcastConductor(id)]);
  return id;
}

/** Those that wait for their instant no longer come. Their conductors end now, not at that instant. The journey's row is locked. */
export const cancelWaiting = (tx: Tx, workspace: WorkspaceId, journey: JourneyId, now: Date): Promise<void> =>
  cancel(tx, workspace, journey, ["waiting"], now);

/** Those of a journey that stops: none of them comes any more, or goes on. Their conductors end. The journey's row is locked. */
export const callOff = (tx: Tx, workspace: WorkspaceId, journey: JourneyId, now: Date): Promise<void> =>
  cancel(tx, workspace, journey, ["waiting", "running", "paused"], now);

async function cancel(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  from: ("waiting" | "running" | "paused")[],
  now: Date,
): Promise<void> {
  const off = await tx.rows<{ id: string }>(sql`
    UPDATE broadcast SET state = 'cancelled', ended_at = ${now}
    WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND state = ANY(${from}::text[]) RETURNING id`);
  await ring(
    tx,
    workspace,
    off.map(({ id }) => broadcastConductor(id)),
  );
}
