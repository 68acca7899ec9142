import type { JourneyId, WorkspaceId } from "@/core/ids";
import type { Refusal } from "@/core/refusals";
import { instant } from "@/platform/clock";
import { engine, type Sql, sql, type Tx } from "@/platform/db";
import { type SettledCall, tellCalls } from "./tell";

/** Calls of a journey that is live again that go back to the queue at a time, and of a stopped one that are given up. */
const AT_ONCE = 1000;
/** Who left so no longer wants what was about to be called: a person, a publish, a stop or a merge took the run out. */
const OUT: readonly (Refusal | "merged")[] = [
  "journey_stopped",
  "taken_out",
  "left_on_publish",
  "left_on_resume",
  "merged",
];

/** Why the run of a call left its journey from outside; null as long as the call is wanted. */
export const whyOut = (call: Sql): Sql => sql`
  (SELECT r.reason FROM run r
   WHERE r.workspace_id = ${call}.workspace_id AND r.id = ${call}.run_id AND r.state = 'exited' AND r.reason = ANY(${[...OUT]}::text[]))`;

/** Calls that stand aside although their journey is live again. By webhook_call_held. */
export const isAnyFree = (workspace: Sql): Sql => sql`
  EXISTS (SELECT FROM journey j WHERE j.workspace_id = ${workspace} AND j.state = 'live' AND EXISTS (
    SELECT FROM webhook_call w WHERE w.workspace_id = j.workspace_id AND w.journey_id = j.id AND w.state = 'queued' AND w.is_held))`;

/** Lets calls of journeys that are live again go, a share at a time; returns how many. By webhook_call_held. */
export const releaseCalls = (workspace: WorkspaceId): Promise<number> =>
  engine((tx) =>
    tx.run(sql`
    UPDATE webhook_call SET is_held = false FROM (
      SELECT c.id FROM journey j CROSS JOIN LATERAL (
        SELECT c.id FROM webhook_call c WHERE c.workspace_id = j.workspace_id AND c.journey_id = j.id AND c.state = 'queued' AND c.is_held LIMIT ${AT_ONCE}) AS c
      WHERE j.workspace_id = ${workspace} AND j.state = 'live' LIMIT ${AT_ONCE}) AS free
    WHERE webhook_call.workspace_id = ${workspace} AND webhook_call.id = free.id AND webhook_call.state = 'queued'`),
  );

/**
 * Gives up calls that stand aside for a journey whose runs have all left, a share at a time; returns how many. Those that wait for another attempt are
 * found so by whoever claims them. By webhook_call_held.
 */
export async function giveUpCalls(tx: Tx, workspace: WorkspaceId, journey: JourneyId): Promise<number> {
  const held = await tx.rows<{ id: string; reason: string }>(sql`
    SELECT c.id, ${whyOut(sql`c`)} AS reason FROM webhook_call c
    WHERE c.workspace_id = ${workspace} AND c.journey_id = ${journey} AND c.state = 'queued' AND c.is_held AND ${whyOut(sql`c`)} IS NOT NULL
    LIMIT ${AT_ONCE} FOR NO KEY UPDATE OF c SKIP LOCKED`);
  await fail(tx, workspace, held);
  return held.length;
}

/** Ends calls that are not to be made any more, each with its reason, and tells of them as of every failed call. The caller holds their rows. */
export async function fail(
  tx: Tx,
  workspace: WorkspaceId,
  calls: readonly { id: string; reason: string }[],
): Promise<void> {
  if (calls.length === 0) return;
  const failed = await tx.rows<SettledCall>(sql`
    UPDATE webhook_call c SET state = 'failed', reason = f.reason, is_held = false, claimed_at = NULL, claimed_by = NULL, closed_at = clock_timestamp()
    FROM unnest(${calls.map(({ id }) => id)}::uuid[], ${calls.map(({ reason }) => reason)}::text[]) AS f(id, reason)
    WHERE c.workspace_id = ${workspace} AND c.id = f.id RETURNING c.id, c.member_id AS member, c.state, c.status, c.reason`);
  await tellCalls(tx, workspace, failed, instant());
}
