import { type JourneyId, journeyConductor, type MemberId, type RunId, shardOf, type WorkspaceId } from "@/core/ids";
import type { Plan } from "@/core/plan/plan";
import type { EventFacts } from "@/core/rules/facts";
import { json, type Sql, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { ring } from "../rings/ring";
import type { Run } from "./run";

export type Entrant = { member: MemberId; key: string; event: EventFacts };

/**
 * Every entry goes through here: from an event now; segment, date, schedule, broadcast, API and journey as they come.
 * The re-entry rule is decided on the entry row in the same statement that counts it. The journey row is locked FOR SHARE first, so nothing
 * enters a paused journey or an old plan. At most one entrant per (member, key) in a call: the caller sends the k-th in the k-th call.
 * Members are locked by the caller.
 */
export async function enter(
  tx: Tx,
  workspace: WorkspaceId,
  journey: { id: JourneyId; shards: number; plan: Plan },
  entrants: readonly Entrant[],
  now: Date,
  options: { isBulk: boolean } = { isBulk: false },
): Promise<Run[]> {
  const { plan } = journey;
  if (entrants.length === 0 || plan.first === null) return [];
  const runs = entrants.map((e) => ({
    ...e,
    id: newId<RunId>(now.getTime()),
    shard: shardOf(e.member, journey.shards),
  }));
  const isOpen = sql`
    SELECT 1 FROM journey WHERE workspace_id = ${workspace} AND id = ${journey.id} AND state = 'live' AND plan_id = ${plan.id}`;
  tx.push(sql`${isOpen} FOR SHARE`);
  const entering = tx.rows<{ id: RunId; order: number }>(sql`
    WITH entrant AS (
      SELECT * FROM unnest(
        ${runs.map((r) => r.id)}::uuid[], ${runs.map((r) => r.member)}::uuid[], ${runs.map((r) => r.key)}::text[], ${runs.map((r) => r.shard)}::int[],
        ${runs.map((r) => json(r.event))}::jsonb[]) WITH ORDINALITY AS e(id, member_id, key, shard, event, ordinal)),
    admitted AS (
      INSERT INTO entry (workspace_id, journey_id, member_id, key, last_run_id, last_entered_at)
      SELECT ${workspace}, ${journey.id}, member_id, key, id, ${now} FROM entrant WHERE EXISTS (${isOpen}) ORDER BY member_id, key
      ON CONFLICT (workspace_id, journey_id, member_id, key) DO UPDATE
        SET count = entry.count + 1, live = entry.live + 1, last_run_id = EXCLUDED.last_run_id, last_entered_at = EXCLUDED.last_entered_at
        WHERE ${mayAgain(plan, now)}
      RETURNING last_run_id)
    INSERT INTO run (workspace_id, id, journey_id, shard, member_id, plan_id, entry_key, step, state, ready_by, ready_order, is_bulk, entry_event, entered_at)
    SELECT ${workspace}, e.id, ${journey.id}, e.shard, e.member_id, ${plan.id}, e.key, ${plan.first}, 'ready', 'entry', nextval('run_order'), ${options.isBulk}, e.event, ${now}
    FROM entrant e JOIN admitted a ON a.last_run_id = e.id ORDER BY e.ordinal
    RETURNING id, ready_order AS order`);
  const conductors = runs.map((r) => journeyConductor(journey.id, r.shard));
  const [entered] = await Promise.all([entering, ring(tx, workspace, conductors)]);
  const order = new Map(entered.map((e) => [e.id, e.order]));
  return runs.flatMap(({ id, member, key, shard, event }): Run[] =>
    order.has(id) && plan.first !== null
      ? [
          {
            id,
            journey: journey.id,
            shard,
            member,
            plan: plan.id,
            key,
            step: plan.first,
            lap: 0,
            state: "ready",
            port: null,
            readyEvent: null,
            readyOrder: order.get(id) ?? null,
            isBulk: options.isBulk,
            dueAt: null,
            parkedAt: null,
            mail: [],
            entry: event,
            vars: {},
            goalAt: null,
            reason: null,
          },
        ]
      : [],
  );
}

/** When a member with an entry row may enter once more. */
function mayAgain(plan: Plan, now: Date): Sql {
  const { reentry } = plan;
  switch (reentry.is) {
    case "once":
      return sql`false`;
    case "per_key":
      return sql`false`;
    case "always":
      return sql`true`;
    case "after_end":
      return sql`entry.live = 0`;
    case "every":
      return sql`entry.last_entered_at <= ${now}::timestamptz - ${`${reentry.days} days`}::interval`;
    default:
      return reentry satisfies never;
  }
}
