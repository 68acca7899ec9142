import type { MemberId, PlanId, RunId, StepId, WorkspaceId } from "@/core/ids";
import type { LoadedMember } from "@/core/members/loaded-member";
import type { Plan } from "@/core/plan/plan";
import type { EventFacts, RunVars } from "@/core/rules/facts";
import { engine, type Sql, sql, type Tx } from "@/platform/db";
import { loadMembers } from "../members/load";
import { loadPlans } from "../plans/plans";
import { SILENT_MS } from "../rings/beats";
import { fail, isAnyFree, whyOut } from "./held";

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

/** Due calls of each host that a claim looks at. */
const LOOKS_AT = 100;

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

/** A due call as a claim found it, locked. `out`: why its run left from outside; `isOver`: its time is over. */
type Due = { id: string; host: string; isLive: boolean; isOver: boolean; out: string | null };

/**
 * Claims as many calls as there is room for, the longest due first. One whose time is over fails here, as does one whose run was taken out or stopped
 * since; those of a journey that is not live stand aside from now on. Uses webhook_call_queue and webhook_call_claimed.
 */
export async function claimCalls(
  workspace: WorkspaceId,
  room: Room,
  claimer: string,
): Promise<{ took: number; claimed: Claimed[] }> {
  return engine(async (tx) => {
    const due = await lockDue(tx, workspace, room, claimer);
    const isGivenUp = ({ out, isLive, isOver }: Due) => out !== null || (isLive && isOver);
    const waiting = due.filter((call) => !isGivenUp(call) && !call.isLive);
    const open = placed(
      due.filter((call) => !isGivenUp(call) && call.isLive),
      room,
    );
    const givenUp = due.filter(isGivenUp).map(({ id, out }) => ({ id, reason: out ?? "expired" }));
    await fail(tx, workspace, givenUp);
    if (waiting.length > 0)
      tx.push(sql`
        UPDATE webhook_call SET is_held = true, state = 'queued', claimed_at = NULL, claimed_by = NULL
        WHERE workspace_id = ${workspace} AND id = ANY(${waiting.map(({ id }) => id)}::uuid[])`);
    return { took: givenUp.length + waiting.length + open.length, claimed: await take(tx, workspace, open, claimer) };
  });
}

/** The due calls of hosts that are not busy, and claims that lost their worker, the longest due first. */
function lockDue(tx: Tx, workspace: WorkspaceId, { perHost, calling }: Room, claimer: string): Promise<Due[]> {
  const busy = [...calling].flatMap(([host, count]) => (count >= perHost ? [host] : []));
  return tx.rows<Due>(sql`
    WITH RECURSIVE ${hosts(workspace)}, due AS (
      (SELECT f.id FROM host h CROSS JOIN LATERAL (
        SELECT c.id FROM webhook_call c WHERE c.workspace_id = ${workspace} AND c.host = h.host AND ${QUEUED} ORDER BY c.not_before LIMIT ${LOOKS_AT}) AS f
      WHERE h.host <> ALL(${busy}::text[]))
      UNION ALL
      (SELECT c.id FROM webhook_call c WHERE c.workspace_id = ${workspace} AND ${lost(claimer)} AND c.host <> ALL(${busy}::text[]) LIMIT ${LOOKS_AT}))
    SELECT c.id, c.host, c.expires_at <= clock_timestamp() AS "isOver",
      EXISTS (SELECT FROM journey j WHERE j.workspace_id = c.workspace_id AND j.id = c.journey_id AND j.state = 'live') AS "isLive",
      ${whyOut(sql`c`)} AS out
    FROM webhook_call c
    WHERE c.workspace_id = ${workspace} AND c.id IN (SELECT id FROM due) AND (${QUEUED} OR ${lost(claimer)})
    ORDER BY c.not_before LIMIT ${LOOKS_AT} FOR NO KEY UPDATE OF c SKIP LOCKED`);
}

/** Those that there is room for, in their order. */
function placed(due: readonly Due[], { atOnce, perHost, calling }: Room): Due[] {
  const ofHost = new Map(calling);
  const open = due.filter(({ host }) => {
    const nth = (ofHost.get(host) ?? 0) + 1;
    if (nth > perHost) return false;
    ofHost.set(host, nth);
    return true;
  });
  return open.slice(0, atOnce);
}

async function take(tx: Tx, workspace: WorkspaceId, open: readonly Due[], claimer: string): Promise<Claimed[]> {
  if (open.length === 0) return [];
  const rows = await tx.rows<Call>(sql`
    UPDATE webhook_call c SET state = 'claimed', attempts = c.attempts + 1, claimed_at = clock_timestamp(), claimed_by = ${claimer}
    WHERE c.workspace_id = ${workspace} AND c.id = ANY(${open.map(({ id }) => id)}::uuid[])
    RETURNING c.id, c.member_id AS "memberId", c.run_id AS run, c.journey_id AS journey, c.plan_id AS "planId", c.step, c.effect, c.host, c.variables,
      c.attempts, (SELECT r.entry_event FROM run r WHERE r.workspace_id = c.workspace_id AND r.id = c.run_id) AS entry`);
  const [members, plans] = await Promise.all([
    loadMembers(tx, workspace, [...new Set(rows.map((row) => row.memberId))]),
    loadPlans(
      tx,
      workspace,
      rows.map((row) => row.planId),
    ),
  ]);
  return rows.flatMap((row) => {
    const member = members.get(row.memberId);
    return member ? [{ ...row, member, plan: plans.get(row.planId) }] : [];
  });
}

const isAnyDue = (workspace: Sql, at: Sql): Sql =>
  sql`EXISTS (SELECT FROM webhook_call w WHERE w.workspace_id = ${workspace} AND w.state = 'queued' AND NOT w.is_held AND w.not_before <= ${at})`;
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
