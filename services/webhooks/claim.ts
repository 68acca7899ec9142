import type { MemberId, PlanId, RunId, StepId, WorkspaceId } from "@/core/ids";
import type { LoadedMember } from "@/core/members/loaded-member";
import type { Plan } from "@/core/plan/plan";
import type { EventFacts, RunVars } from "@/core/rules/facts";
import { instant } from "@/platform/clock";
import { engine, type Sql, sql, type Tx } from "@/platform/db";
import { loadPlans } from "../journeys/plans";
import { loadMembers } from "../members/load";
import { tellCalls } from "./tell";

/** A claim this old has lost its worker; the call is made again, and its receiver tells by `webhook-id` whether it came before. */
export const LOST_AFTER = "40 seconds";

export type Call = {
  id: string;
  memberId: MemberId;
  run: RunId;
  journey: string;
  planId: PlanId;
  step: StepId;
  effect: number;
  host: string;
  variables: RunVars;
  attempts: number;
  entry: EventFacts | null;
};
export type Claimed = Call & { member: LoadedMember; plan: Plan | undefined };

/** Calls of a paused journey stay where they are. Uses webhook_call_queue and webhook_call_claimed. */
const waiting = (workspace: WorkspaceId): Sql => sql`
  c.workspace_id = ${workspace} AND (
    (c.state = 'queued' AND c.not_before <= (SELECT clock_timestamp())) OR (c.state = 'claimed' AND c.claimed_at < (SELECT clock_timestamp() - ${LOST_AFTER}::interval)))
  AND EXISTS (SELECT FROM journey j WHERE j.workspace_id = c.workspace_id AND j.id = c.journey_id AND j.state = 'live')`;

/** Claims up to `limit` calls, the longest due first, none to a host that is `busy`. One whose time is over fails here. */
export async function claimCalls(
  workspace: WorkspaceId,
  limit: number,
  busy: readonly string[],
  claimer: string,
): Promise<{ took: number; claimed: Claimed[] }> {
  return engine(async (tx) => {
    const rows = await tx.rows<Call & { isOver: boolean }>(sql`
      WITH due AS (
        SELECT c.id FROM webhook_call c WHERE ${waiting(workspace)} AND c.host <> ALL(${busy}::text[])
        ORDER BY c.not_before LIMIT ${limit} FOR NO KEY UPDATE OF c SKIP LOCKED)
      UPDATE webhook_call c SET
        state = CASE WHEN c.expires_at <= clock_timestamp() THEN 'failed' ELSE 'claimed' END,
        reason = CASE WHEN c.expires_at <= clock_timestamp() THEN 'expired' ELSE c.reason END,
        closed_at = CASE WHEN c.expires_at <= clock_timestamp() THEN clock_timestamp() END,
        attempts = c.attempts + 1, claimed_at = clock_timestamp(), claimed_by = ${claimer}
      FROM due WHERE c.workspace_id = ${workspace} AND c.id = due.id
      RETURNING c.id, c.member_id AS "memberId", c.run_id AS run, c.journey_id AS journey, c.plan_id AS "planId", c.step, c.effect, c.host, c.variables,
        c.attempts, c.state = 'failed' AS "isOver",
        (SELECT r.entry_event FROM run r WHERE r.workspace_id = c.workspace_id AND r.id = c.run_id) AS entry`);
    const over = rows.filter((row) => row.isOver);
    await tellCalls(
      tx,
      workspace,
      over.map(({ id, memberId }) => ({ id, member: memberId, state: "failed", status: null, reason: "expired" })),
      instant(),
    );
    const open = rows.filter((row) => !row.isOver);
    const [members, plans] = await Promise.all([
      loadMembers(tx, workspace, [...new Set(open.map((row) => row.memberId))]),
      loadPlans(
        tx,
        workspace,
        open.map((row) => row.planId),
      ),
    ]);
    return {
      took: rows.length,
      claimed: open.flatMap((row) => {
        const member = members.get(row.memberId);
        return member ? [{ ...row, member, plan: plans.get(row.planId) }] : [];
      }),
    };
  });
}

/** The claim's own predicate, busy hosts aside. */
export async function hasCalls(tx: Tx, workspace: WorkspaceId): Promise<boolean> {
  return undefined !== (await tx.one(sql`SELECT 1 FROM webhook_call c WHERE ${waiting(workspace)} LIMIT 1`));
}

/** When the caller must look again: a call held until later, or a claim that may have lost its worker. */
export const nextCall = (workspace: WorkspaceId): Sql => sql`
  SELECT greatest(min(at), clock_timestamp() + interval '250 milliseconds') FROM (
    SELECT min(c.not_before) AS at FROM webhook_call c JOIN journey j ON j.workspace_id = c.workspace_id AND j.id = c.journey_id
    WHERE c.workspace_id = ${workspace} AND c.state = 'queued' AND j.state = 'live'
    UNION ALL
    SELECT min(c.claimed_at) + ${LOST_AFTER}::interval FROM webhook_call c WHERE c.workspace_id = ${workspace} AND c.state = 'claimed') AS look`;
