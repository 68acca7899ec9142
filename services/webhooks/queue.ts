import {
  callerConductor,
  type JourneyId,
  type MemberId,
  type PlanId,
  type RunId,
  type StepId,
  type WorkspaceId,
} from "@/core/ids";
import { json, sql, type Tx } from "@/platform/db";
import { ensureCaller } from "../rings/conductors";
import { ring } from "../rings/ring";

export type QueuedCall = {
  id: string;
  member: MemberId;
  journey: JourneyId;
  run: RunId;
  plan: PlanId;
  step: StepId;
  lap: number;
  effect: number;
  host: string;
  variables: Record<string, unknown>;
  expiresAt: Date;
};

/** Writes calls to the workspace's queue and rings its caller. */
export async function queueCalls(
  tx: Tx,
  workspace: WorkspaceId,
  calls: readonly QueuedCall[],
  now: Date,
): Promise<void> {
  if (calls.length === 0) return;
  tx.push(sql`
    INSERT INTO webhook_call (workspace_id, id, member_id, journey_id, run_id, plan_id, step, lap, effect, host, state, variables, queued_at, not_before, expires_at)
    SELECT ${workspace}, c.id, c.member, c.journey, c.run, c.plan, c.step, c.lap, c.effect, c.host, 'queued', c.variables, ${now}, ${now}, c.expires_at
    FROM unnest(
      ${calls.map((c) => c.id)}::uuid[], ${calls.map((c) => c.member)}::uuid[], ${calls.map((c) => c.journey)}::uuid[], ${calls.map((c) => c.run)}::uuid[],
      ${calls.map((c) => c.plan)}::text[], ${calls.map((c) => c.step)}::text[], ${calls.map((c) => c.lap)}::int[], ${calls.map((c) => c.effect)}::int[],
      ${calls.map((c) => c.host)}::text[], ${calls.map((c) => json(c.variables))}::jsonb[], ${calls.map((c) => c.expiresAt)}::timestamptz[]
    ) AS c(id, member, journey, run, plan, step, lap, effect, host, variables, expires_at)`);
  const caller = callerConductor(workspace);
  if ((await ring(tx, workspace, [caller])) === 1) return;
  await ensureCaller(tx, workspace, caller);
  await ring(tx, workspace, [caller]);
}
