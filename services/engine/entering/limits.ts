import type { MemberId, RunId, WorkspaceId } from "@/core/ids";
import type { Limits } from "@/core/plan/entry";
import type { Plan } from "@/core/plan/plan";
import type { Holdout } from "@/core/policy/holdout";
import { dayOf, startOfDay } from "@/core/time/day";
import { type Sql, sql, type Tx } from "@/platform/db";
import type { Entrant } from "./entrant";
import type { TurnedAway } from "./turn-away";

/** `held`: by which holdout they are kept out; who is takes no place. */
type Exposed = Entrant & { held: Holdout | null };
export type Admission<T> = { admitted: T[]; away: TurnedAway[] };

/** The plan that is live, and how many publishes led to it. */
type Published = { plan: Plan; mappings: number; zone: string };

/**
 * Who of these may enter a journey with limits or an exclusion group, in their order; the others with the reason. A holdout's members use up no
 * limit, since the journey gives them nothing, and come in only while there is a place for whoever is let in: so the arms keep the share that was drawn
 * (decision 116). The members and the journey are locked, so what is read here still holds when they enter. `again`: the re-entry rule over `entry`.
 */
export async function admit<T extends Exposed>(
  tx: Tx,
  workspace: WorkspaceId,
  published: Published,
  entrants: readonly T[],
  again: Sql,
  now: Date,
): Promise<Admission<T>> {
  const { plan } = published;
  const judged = await judge(tx, workspace, plan, entrants, again, now);
  const admitted: T[] = [];
  const away: TurnedAway[] = [];
  // Several entrants of one member (two keys in one turn) count against each other.
  const beside = new Map<MemberId, number>();
  entrants.forEach((entrant, i) => {
    const known = judged.get(i);
    const others = beside.get(entrant.member) ?? 0;
    const reason = known?.isExcluded
      ? "excluded"
      : known && !known.mayAgain
        ? "re_entry"
        : plan.limits?.perMember !== undefined && (known?.live ?? 0) + others >= plan.limits.perMember
          ? "limit_member"
          : undefined;
    if (reason) away.push({ ...entrant, reason });
    else {
      admitted.push(entrant);
      beside.set(entrant.member, others + 1);
    }
  });
  if (admitted.length === 0 || !plan.limits) return { admitted, away };
  const { free, reason } = await roomOf(tx, workspace, published, plan.limits, now);
  let taken = 0;
  const coming = admitted.filter(({ held }) => {
    const fits = taken < free;
    if (fits && !held) taken++;
    return fits;
  });
  if (taken > 0)
    await tx.run(sql`
      UPDATE journey_count SET total = total + ${taken}, today = today + ${taken} WHERE workspace_id = ${workspace} AND journey_id = ${plan.journey}`);
  // Behind the first for whom there was no place there is none for anybody.
  return { admitted: coming, away: [...away, ...admitted.slice(coming.length).map((e) => ({ ...e, reason }))] };
}

type Judged = { place: number; mayAgain: boolean; live: number; isExcluded: boolean };

/** By the primary keys of entry and entry_group; a group's holder keeps it until its instant, and while its run is live. */
async function judge(
  tx: Tx,
  workspace: WorkspaceId,
  plan: Plan,
  entrants: readonly Entrant[],
  again: Sql,
  now: Date,
): Promise<Map<number, Judged>> {
  const rows = await tx.rows<Judged>(sql`
    SELECT e.ordinal::int - 1 AS place, (entry.member_id IS NULL OR ${again}) AS "mayAgain",
      (SELECT coalesce(sum(l.live), 0)::int FROM entry l WHERE l.workspace_id = ${workspace} AND l.journey_id = ${plan.journey} AND l.member_id = e.member_id) AS live,
      EXISTS (
        SELECT FROM entry_group g WHERE g.workspace_id = ${workspace} AND g.name = ${plan.group?.name ?? ""} AND g.member_id = e.member_id AND g.journey_id <> ${plan.journey}
          AND (g.until > ${now} OR EXISTS (SELECT FROM run r WHERE r.workspace_id = ${workspace} AND r.id = g.run_id AND r.state IN ('ready', 'parked')))) AS "isExcluded"
    FROM unnest(${entrants.map((e) => e.member)}::uuid[], ${entrants.map((e) => e.key)}::text[]) WITH ORDINALITY AS e(member_id, key, ordinal)
    LEFT JOIN entry ON entry.workspace_id = ${workspace} AND entry.journey_id = ${plan.journey} AND entry.member_id = e.member_id AND entry.key = e.key`);
  return new Map(rows.map((row) => [row.place, row]));
}

type Room = { free: number; reason: "limit_total" | "limit_daily" | "limit_live" };

/**
 * How many places there are, by the limit with the fewest. The count's row is locked until the commit, so two sets never take the same place.
 * Those on their way are counted as they stand: exact, and no longer than the limit is.
 */
async function roomOf(tx: Tx, workspace: WorkspaceId, published: Published, limits: Limits, now: Date): Promise<Room> {
  const { plan, zone } = published;
  const day = dayOf(now.getTime(), zone);
  const since = new Date(startOfDay(day, zone));
  const counted = await lockCount(tx, workspace, published, limits, { day, since }, now);
  const rooms: Room[] = [];
  if (limits.total !== undefined) rooms.push({ free: limits.total - counted.total, reason: "limit_total" });
  if (limits.daily !== undefined) rooms.push({ free: limits.daily - counted.today, reason: "limit_daily" });
  if (limits.live !== undefined) {
    // By run_step, in which failed runs stand too; never more rows than the limit and those that failed.
    const live = await tx.one<{ count: number }>(sql`
      SELECT count(*)::int AS count FROM (
        SELECT 1 FROM run WHERE workspace_id = ${workspace} AND journey_id = ${plan.journey} AND state IN ('ready', 'parked') LIMIT ${limits.live}) AS r`);
    rooms.push({ free: limits.live - (live?.count ?? 0), reason: "limit_live" });
  }
  return rooms.reduce<Room>((a, b) => (b.free < a.free ? b : a), {
    free: Number.POSITIVE_INFINITY,
    reason: "limit_total",
  });
}

/**
 * The count's row, locked, its day turned to today's. A publish's first look counts what went before it, as far as its limits go, since members
 * wait meanwhile: nobody enters beside, because whoever enters holds this row, and those of an older plan had committed before the journey was
 * published. A drawing that is live again counts anew: those between may have had no limits, and entered uncounted.
 */
async function lockCount(
  tx: Tx,
  workspace: WorkspaceId,
  { plan, mappings }: Published,
  { total = 0, daily = 0 }: Limits,
  { day, since }: { day: string; since: Date },
  now: Date,
): Promise<{ total: number; today: number }> {
  const publish = `${plan.id} ${mappings}`;
  await tx.run(sql`
    INSERT INTO journey_count (workspace_id, journey_id, plan_id, day) VALUES (${workspace}, ${plan.journey}, '', ${day}) ON CONFLICT DO NOTHING`);
  const row = await tx.one<{ publish: string; day: string; total: number; today: number }>(sql`
    SELECT plan_id AS publish, day, total, today FROM journey_count WHERE workspace_id = ${workspace} AND journey_id = ${plan.journey} FOR UPDATE`);
  if (row && row.publish === publish && row.day === day) return row;
  if (row && row.publish === publish) {
    await tx.run(
      sql`UPDATE journey_count SET day = ${day}, today = 0 WHERE workspace_id = ${workspace} AND journey_id = ${plan.journey}`,
    );
    return { total: row.total, today: 0 };
  }
  const counted = await tx.one<{ total: number; today: number }>(sql`
    UPDATE journey_count SET plan_id = ${publish}, day = ${day},
      total = (SELECT count(*) FROM (
        SELECT FROM run WHERE workspace_id = ${workspace} AND journey_id = ${plan.journey} AND NOT is_held LIMIT ${total}) AS r),
      today = (SELECT count(*) FROM (
        SELECT FROM run WHERE workspace_id = ${workspace} AND journey_id = ${plan.journey} AND NOT is_held AND entered_at >= ${since} AND entered_at <= ${now} LIMIT ${daily}) AS r)
    WHERE workspace_id = ${workspace} AND journey_id = ${plan.journey} RETURNING total, today`);
  return counted ?? { total: 0, today: 0 };
}

/** Those who entered hold their group from now on. Under the members' locks, so that no other journey took it meanwhile. */
export async function holdGroup(
  tx: Tx,
  workspace: WorkspaceId,
  plan: Plan,
  runs: readonly { id: RunId; member: MemberId }[],
  now: Date,
): Promise<void> {
  const { group } = plan;
  if (!group || runs.length === 0) return;
  const last = new Map(runs.map((run) => [run.member, run.id]));
  const rows = [...last].sort(([a], [b]) => (a < b ? -1 : 1));
  await tx.run(sql`
    INSERT INTO entry_group (workspace_id, name, member_id, journey_id, run_id, until)
    SELECT ${workspace}, ${group.name}, g.member, ${plan.journey}, g.run, ${now}::timestamptz + make_interval(hours => 24 * ${group.days}::int)
    FROM unnest(${rows.map(([member]) => member)}::uuid[], ${rows.map(([, run]) => run)}::uuid[]) AS g(member, run)
    ON CONFLICT (workspace_id, name, member_id) DO UPDATE SET journey_id = EXCLUDED.journey_id, run_id = EXCLUDED.run_id, until = EXCLUDED.until`);
}
