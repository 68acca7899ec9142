import { type JourneyId, type MemberId, type RunId, shardOf } from "@/core/ids";
import type { Plan } from "@/core/plan/plan";
import { expose, type Holdout, isMeasuring, NO_ARMS } from "@/core/policy/holdout";
import type { MemberFacts } from "@/core/rules/facts";
import { Again, json, type Sql, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { keepArms, readArms } from "../../members/arms";
import type { LockedMembers } from "../../members/lock";
import { holdJourney } from "../../plans/hold";
import type { Run } from "../run";
import { crowdOf } from "./crowd";
import type { At } from "./due";
import type { Entrant } from "./entrant";
import { admit, holdGroup } from "./limits";
import { endOf, looksAtHeld } from "./look-at-held";
import { type TurnedAway, turnAway } from "./turn-away";

type Opening = { state: string; plan: string; mappings: number; zone: string };

/**
 * Every entry goes through here: from an event, a segment, a date, a schedule, a broadcast, an API call, another journey. The re-entry rule
 * is decided on the entry row in the same statement that counts it. Whom a holdout keeps out, by the arm they are in since it first met them
 * (decision 115), gets a run that only listens. The journey is held first, so nothing enters a paused
 * journey or an old plan: throws Again when it was published meanwhile. Who is turned away is remembered with the reason. At most one entrant
 * per (member, key) in a call: the caller sends the k-th in the k-th call. Members are locked by the caller (`locked`: who was merged away does not enter), who rings
 * for those that are ready; `members`: those it has loaded, as rules read them.
 */
export async function enter(
  tx: Tx,
  at: At,
  journey: { id: JourneyId; shards: number; plan: Plan; holdout: Holdout | null },
  asked: readonly Entrant[],
  options: { locked: LockedMembers; isBulk: boolean; members?: ReadonlyMap<MemberId, MemberFacts> },
): Promise<Run[]> {
  const entrants = options.locked.standing(asked);
  const { workspace, now } = at;
  const { plan } = journey;
  if (entrants.length === 0 || plan.first === null) return [];
  holdJourney(tx, journey.id);
  const opening = sql`
    SELECT j.state, j.plan_id AS plan, j.mappings, w.time_zone AS zone FROM journey j JOIN workspace w ON w.id = j.workspace_id
    WHERE j.workspace_id = ${workspace} AND j.id = ${journey.id} AND j.state IN ('live', 'paused')`;
  const holdouts = { workspace: journey.holdout, journey: plan.holdout ?? null };
  const isMeasured = isMeasuring(holdouts.workspace) || isMeasuring(holdouts.journey);
  const ids = entrants.map(({ member }) => member);
  const [crowd, arms, bounded] = await Promise.all([
    options.isBulk ? crowdOf(tx, workspace, plan, entrants) : undefined,
    isMeasured ? readArms(tx, workspace, journey.id, ids) : undefined,
    plan.limits || plan.group ? tx.one<Opening>(opening) : undefined,
  ]);
  const coming = (crowd?.size ? entrants.filter(({ member }) => !crowd.has(member)) : entrants).map((e) => ({
    ...e,
    ...expose(e.member, { workspace, journey: journey.id }, holdouts, arms?.get(e.member) ?? NO_ARMS, now.getTime()),
  }));
  // Whom a pause turns away takes no room.
  const { admitted, away } =
    bounded?.state === "live"
      ? await admit(tx, workspace, { ...bounded, plan }, coming, mayAgain(plan, now), now)
      : { admitted: coming, away: [] };
  const runs = admitted.map((e) => ({
    ...e,
    id: newId<RunId>(now.getTime()),
    shard: shardOf(e.member, journey.shards),
  }));
  const looks = await looksAtHeld(tx, at, plan, runs, options.members);
  const open = await tx.one<Opening & { entered: Record<RunId, number> | null }>(sql`
    WITH opening AS (${opening}),
    entrant AS (
      SELECT * FROM unnest(
        ${runs.map((r) => r.id)}::uuid[], ${runs.map((r) => r.member)}::uuid[], ${runs.map((r) => r.key)}::text[], ${runs.map((r) => r.shard)}::int[],
        ${runs.map((r) => json(r.event))}::jsonb[], ${runs.map((r) => r.held?.days ?? null)}::int[],
        ${runs.map((r) => (r.why ? json(r.why) : null))}::jsonb[], ${runs.map((r) => looks.get(r.id) ?? null)}::timestamptz[],
        ${runs.map((r) => r.arms.journey?.isHeld ?? null)}::boolean[], ${runs.map((r) => r.arms.journey?.percent ?? null)}::float8[],
        ${runs.map((r) => r.arms.journey && new Date(r.arms.journey.at))}::timestamptz[])
        WITH ORDINALITY AS e(id, member_id, key, shard, event, held_days, why, look_at, arm_held, arm_share, arm_at, ordinal)),
    admitted AS (
      INSERT INTO entry (workspace_id, journey_id, member_id, key, last_run_id, last_entered_at, holdout_held, holdout_share, holdout_at)
      SELECT ${workspace}, ${journey.id}, member_id, key, id, ${now}, arm_held, arm_share, arm_at FROM entrant
      WHERE EXISTS (SELECT FROM opening WHERE state = 'live' AND plan = ${plan.id}) ORDER BY member_id, key
      ON CONFLICT (workspace_id, journey_id, member_id, key) DO UPDATE
        SET count = entry.count + 1, live = entry.live + 1, last_run_id = EXCLUDED.last_run_id, last_entered_at = EXCLUDED.last_entered_at,
          holdout_held = coalesce(entry.holdout_held, EXCLUDED.holdout_held), holdout_share = coalesce(entry.holdout_share, EXCLUDED.holdout_share),
          holdout_at = coalesce(entry.holdout_at, EXCLUDED.holdout_at)
        WHERE ${mayAgain(plan, now)}
      RETURNING last_run_id),
    entered AS (
      INSERT INTO run (workspace_id, id, journey_id, shard, member_id, plan_id, entry_key, step, state, ready_by, ready_order, is_bulk, entry_event, entry_why, entered_at, is_held, due_at, look_at, mapped)
      SELECT ${workspace}, e.id, ${journey.id}, e.shard, e.member_id, ${plan.id}, e.key, ${plan.first}, CASE WHEN e.held_days IS NULL THEN 'ready' ELSE 'held' END, 'entry', nextval('run_order'), ${options.isBulk}, e.event, e.why, ${now},
        e.held_days IS NOT NULL, ${now}::timestamptz + make_interval(hours => 24 * e.held_days), e.look_at, (SELECT mappings FROM opening)
      FROM entrant e JOIN admitted a ON a.last_run_id = e.id ORDER BY e.ordinal
      RETURNING id, ready_order)
    SELECT state, plan, mappings, zone, (SELECT json_object_agg(id, ready_order) FROM entered) AS entered FROM opening`);
  if (open?.state === "live" && open.plan !== plan.id) throw new Again(`journey ${journey.id} was published meanwhile`);
  const order = new Map(Object.entries(open?.entered ?? {}) as [RunId, number][]);
  const entered = runs.filter(({ id }) => order.has(id));
  await holdGroup(tx, workspace, plan, entered, now);
  keepArms(
    tx,
    workspace,
    entered.flatMap(({ member, arms: { workspace: arm } }) =>
      arm && !arms?.get(member)?.workspace ? [{ member, arm }] : [],
    ),
  );
  turnAway(
    tx,
    workspace,
    journey.id,
    open?.state === "paused"
      ? entrants.map((e) => ({ ...e, reason: "paused" }))
      : open
        ? [
            ...crowded(entrants, crowd),
            ...away,
            ...runs.filter(({ id }) => !order.has(id)).map((run) => ({ ...run, reason: "re_entry" as const })),
          ]
        : [],
    now,
  );
  return runs.flatMap(({ id, member, key, shard, event, held }): Run[] =>
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
            state: held ? "held" : "ready",
            port: null,
            readyBy: "entry",
            readyEvent: null,
            readyWhy: null,
            readyOrder: order.get(id) ?? null,
            isBulk: options.isBulk,
            dueAt: held && endOf(held, now),
            lookAt: looks.get(id) ?? null,
            parkedAt: null,
            mail: [],
            entry: event,
            vars: {},
            goalAt: null,
            goalValue: null,
            reason: null,
            mapped: open?.mappings ?? 0,
          },
        ]
      : [],
  );
}

const crowded = (entrants: readonly Entrant[], crowd?: ReadonlySet<MemberId>): TurnedAway[] =>
  entrants.flatMap((e) => (crowd?.has(e.member) ? [{ ...e, reason: "limit_member" as const }] : []));

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
      // Days of 24 hours, as the core counts them: not of the session's calendar.
      return sql`entry.last_entered_at <= ${now}::timestamptz - make_interval(hours => 24 * ${reentry.days}::int)`;
    default:
      return reentry satisfies never;
  }
}
