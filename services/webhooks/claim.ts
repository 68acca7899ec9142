import type { MemberId, PlanId, RunId, StepId, WorkspaceId } from "@/core/ids";
import type { LoadedMember } from "@/core/members/loaded-member";
import type { Plan } from "@/core/plan/plan";
import type { EventFacts, RunVars } from "@/core/rules/facts";
import { instant } from "@/platform/clock";
import { engine, type Sql, sql, type Tx } from "@/platform/db";
import { loadMembers } from "../members/load";
import { loadPlans } from "../plans/plans";
import { SILENT_MS } from "../rings/beats";
import { tellCalls } from "./tell";

/** A claim this old is lost, whoever made it: no call lasts so long. */
const LOST_AFTER = "40 seconds";
/** A worker that has not beaten for so long is gone, and so are its calls. */
const GONE_AFTER = `${SILENT_MS} milliseconds`;

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

/** Due calls of each host that a claim looks at, and of a journey that is live again that go back to the queue at a time. */
const LOOKS_AT = 100;
const RELEASED = 1000;

const QUEUED = sql`c.state = 'queued' AND NOT c.is_held AND c.not_before <= (SELECT clock_timestamp())`;
/**
 * Claims that lost their worker: the call is made again, and its receiver tells by `webhook-id` whether it came before. `claimer`: whose own claims
 * are surely not.
 */
const lost = (claimer: string): Sql => sql`
  c.state = 'claimed' AND (c.claimed_at < (SELECT clock_timestamp() - ${LOST_AFTER}::interval)
    OR c.claimed_by <> ${claimer} AND c.claimed_at < (SELECT clock_timestamp() - ${GONE_AFTER}::interval) AND NOT EXISTS (
      SELECT FROM worker_beat b WHERE b.id = c.claimed_by AND b.beat_at > (SELECT clock_timestamp() - ${GONE_AFTER}::interval)))`;

/** The hosts of what is queued: a step along webhook_call_queue each, however many calls wait for one. */
const hosts = (workspace: WorkspaceId): Sql => sql`
  host AS (
    (SELECT c.host FROM webhook_call c WHERE c.workspace_id = ${workspace} AND c.state = 'queued' AND NOT c.is_held ORDER BY c.host LIMIT 1)
    UNION ALL
    SELECT n.host FROM host h CROSS JOIN LATERAL (
      SELECT c.host FROM webhook_call c WHERE c.workspace_id = ${workspace} AND c.state = 'queued' AND NOT c.is_held AND c.host > h.host ORDER BY c.host LIMIT 1) AS n)`;

/** How many calls may begin now: in all, and to one host, where so many are `calling` already. */
export type Room = { atOnce: number; perHost: number; calling: ReadonlyMap<string, number> };

/**
 * Claims as many calls as there is room for, the longest due first. One whose time is over fails here; those of a journey that is not live stand
 * aside from now on. Uses webhook_call_queue and webhook_call_claimed.
 */
export async function claimCalls(
  workspace: WorkspaceId,
  { atOnce, perHost, calling }: Room,
  claimer: string,
): Promise<{ took: number; claimed: Claimed[] }> {
  const busy = [...calling].flatMap(([host, count]) => (count >= perHost ? [host] : []));
  return engine(async (tx) => {
    const rows = await tx.rows<Call & { isOver: boolean; isHeld: boolean }>(sql`
      WITH RECURSIVE ${hosts(workspace)}, due AS (
        (SELECT f.id FROM host h CROSS JOIN LATERAL (
          SELECT c.id FROM webhook_call c WHERE c.workspace_id = ${workspace} AND c.host = h.host AND ${QUEUED} ORDER BY c.not_before LIMIT ${LOOKS_AT}) AS f
        WHERE h.host <> ALL(${busy}::text[]))
        UNION ALL
        (SELECT c.id FROM webhook_call c WHERE c.workspace_id = ${workspace} AND ${lost(claimer)} AND c.host <> ALL(${busy}::text[]) LIMIT ${LOOKS_AT})),
      held AS MATERIALIZED (
        SELECT c.id, c.host, c.not_before, EXISTS (
          SELECT FROM journey j WHERE j.workspace_id = c.workspace_id AND j.id = c.journey_id AND j.state = 'live') AS is_live FROM webhook_call c
        WHERE c.workspace_id = ${workspace} AND c.id IN (SELECT id FROM due) AND (${QUEUED} OR ${lost(claimer)})
        ORDER BY c.not_before LIMIT ${LOOKS_AT} FOR NO KEY UPDATE OF c SKIP LOCKED),
      placed AS (
        SELECT h.id, h.is_live, h.not_before, coalesce(u.count, 0) + row_number() OVER (PARTITION BY h.is_live, h.host ORDER BY h.not_before) AS of_host
        FROM held h LEFT JOIN unnest(${[...calling.keys()]}::text[], ${[...calling.values()]}::int[]) AS u(host, count) ON u.host = h.host),
      chosen AS (
        SELECT id, is_live, row_number() OVER (PARTITION BY is_live ORDER BY not_before) AS nth FROM placed WHERE NOT is_live OR of_host <= ${perHost})
      UPDATE webhook_call c SET
        is_held = NOT chosen.is_live,
        state = CASE WHEN NOT chosen.is_live THEN 'queued' WHEN c.expires_at <= clock_timestamp() THEN 'failed' ELSE 'claimed' END,
        reason = CASE WHEN chosen.is_live AND c.expires_at <= clock_timestamp() THEN 'expired' ELSE c.reason END,
        closed_at = CASE WHEN chosen.is_live AND c.expires_at <= clock_timestamp() THEN clock_timestamp() END,
        attempts = c.attempts + chosen.is_live::int,
        claimed_at = CASE WHEN chosen.is_live THEN clock_timestamp() END, claimed_by = CASE WHEN chosen.is_live THEN ${claimer} END
      FROM chosen WHERE c.workspace_id = ${workspace} AND c.id = chosen.id AND (NOT chosen.is_live OR chosen.nth <= ${atOnce})
      RETURNING c.id, c.member_id AS "memberId", c.run_id AS run, c.journey_id AS journey, c.plan_id AS "planId", c.step, c.effect, c.host, c.variables,
        c.attempts, c.state = 'failed' AS "isOver", c.is_held AS "isHeld",
        (SELECT r.entry_event FROM run r WHERE r.workspace_id = c.workspace_id AND r.id = c.run_id) AS entry`);
    const over = rows.filter((row) => row.isOver);
    await tellCalls(
      tx,
      workspace,
      over.map(({ id, memberId }) => ({ id, member: memberId, state: "failed", status: null, reason: "expired" })),
      instant(),
    );
    const open = rows.filter((row) => !row.isOver && !row.isHeld);
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

const isAnyDue = (workspace: Sql, at: Sql): Sql =>
  sql`EXISTS (SELECT FROM webhook_call w WHERE w.workspace_id = ${workspace} AND w.state = 'queued' AND NOT w.is_held AND w.not_before <= ${at})`;
/** Calls that stand aside although their journey is live again. By webhook_call_held. */
const isAnyFree = (workspace: Sql): Sql => sql`
  EXISTS (SELECT FROM journey j WHERE j.workspace_id = ${workspace} AND j.state = 'live' AND EXISTS (
    SELECT FROM webhook_call w WHERE w.workspace_id = j.workspace_id AND w.journey_id = j.id AND w.state = 'queued' AND w.is_held))`;

/** Whether a claim would find something now, busy hosts aside. */
export async function hasCalls(tx: Tx, workspace: WorkspaceId, claimer: string): Promise<boolean> {
  const own = sql`${workspace}::uuid`;
  const row = await tx.one<{ has: boolean }>(sql`
    SELECT ${isAnyDue(own, sql`(SELECT clock_timestamp())`)} OR ${isAnyFree(own)}
      OR EXISTS (SELECT FROM webhook_call c WHERE c.workspace_id = ${workspace} AND ${lost(claimer)}) AS has`);
  return row?.has ?? false;
}

/** Callers (rows `c` of conductor) that sleep over work: due for two seconds, or of a journey that is live again. */
export const forgottenCaller: Sql = sql`
  (${isAnyDue(sql`c.workspace_id`, sql`clock_timestamp() - interval '2 seconds'`)} OR ${isAnyFree(sql`c.workspace_id`)})`;

/** Lets calls of journeys that are live again go, a share at a time; returns how many. By webhook_call_held. */
export const releaseCalls = (workspace: WorkspaceId): Promise<number> =>
  engine((tx) =>
    tx.run(sql`
    UPDATE webhook_call SET is_held = false FROM (
      SELECT c.id FROM journey j CROSS JOIN LATERAL (
        SELECT c.id FROM webhook_call c WHERE c.workspace_id = j.workspace_id AND c.journey_id = j.id AND c.state = 'queued' AND c.is_held LIMIT ${RELEASED}) AS c
      WHERE j.workspace_id = ${workspace} AND j.state = 'live' LIMIT ${RELEASED}) AS free
    WHERE webhook_call.workspace_id = ${workspace} AND webhook_call.id = free.id AND webhook_call.state = 'queued'`),
  );

/** When the caller must look again: a call held until later, or a claim that may have lost its worker, which another's has as soon as that is silent. */
export const nextCall = (workspace: WorkspaceId, claimer: string): Sql => sql`
  WITH RECURSIVE ${hosts(workspace)}
  SELECT greatest(min(at), clock_timestamp() + interval '250 milliseconds') FROM (
    SELECT (SELECT c.not_before FROM webhook_call c WHERE c.workspace_id = ${workspace} AND c.host = h.host AND c.state = 'queued' AND NOT c.is_held
      ORDER BY c.not_before LIMIT 1) AS at FROM host h
    UNION ALL
    SELECT min(least(c.claimed_at + ${LOST_AFTER}::interval,
      CASE WHEN c.claimed_by <> ${claimer} THEN greatest(c.claimed_at, b.beat_at) + ${GONE_AFTER}::interval END))
    FROM webhook_call c LEFT JOIN worker_beat b ON b.id = c.claimed_by WHERE c.workspace_id = ${workspace} AND c.state = 'claimed') AS look
  HAVING min(at) IS NOT NULL`;
