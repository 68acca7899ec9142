import type { EventId, MemberId, WorkspaceId } from "@/core/ids";
import type { LoadedMember } from "@/core/members/loaded-member";
import { becauseOfEntry } from "@/core/plan/because";
import { isTimed } from "@/core/plan/entry";
import type { Plan } from "@/core/plan/plan";
import { keyOf } from "@/core/plan/react";
import { fall } from "@/core/plan/timed";
import type { Holdout } from "@/core/policy/holdout";
import { evaluate } from "@/core/rules/evaluate";
import type { EventFacts } from "@/core/rules/facts";
import { engine, peek, type Sql, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { loadMembers } from "../../members/load";
import { type LockedMembers, lockMembers } from "../../members/lock";
import { holdJourney } from "../../plans/hold";
import { askedByPlans, loadPlans } from "../../plans/plans";
import { ringFor } from "../ring-for";
import type { Shard } from "../shard";
import { type At, type DueWrite, readDues, saveDues, timedFacts } from "./due";
import { isDue } from "./due-look";
import { enter } from "./enter";
import type { Entrant } from "./entrant";
import { reachedBefore } from "./reached-before";
import { type TurnedAway, turnAway } from "./turn-away";
import { asksOfRuns, hasUnmoved, IS_BEHIND_OWN_RUN } from "./unmoved";

/** Members let in by one transaction: an event that comes meanwhile waits at most about 50 ms. */
const PAGE = 200;

type Open = { plan: Plan["id"]; shards: number; zone: string; holdout: Holdout | null; now: Date };

/**
 * Lets in the members of a shard whose time has come, a page at a time: each is looked at again under its lock, so that one who came
 * meanwhile is looked at later instead. By due_at; the row is written in the transaction that lets in, so a kill lets nobody in twice. Whose run's
 * time was up before, and has not moved, comes behind that (decision 113); waits: only such are left. `isPatient`: false lets them in as runs stand.
 */
export async function enterDue(
  shard: Shard,
  { limit = PAGE, isPatient = true }: { limit?: number; isPatient?: boolean } = {},
): Promise<"moved" | "waits" | "idle"> {
  const { workspace, journey: id } = shard;
  // Most journeys' clocks make no entries: one look by the index, and no lock.
  const [found] = await peek<{ is: boolean | null }>(sql`SELECT ${isDue(shard)} AS is`);
  if (!found?.is) return "idle";
  return engine(async (tx) => {
    holdJourney(tx, id);
    const open = await tx.one<Open>(sql`
      SELECT j.plan_id AS plan, j.shards, w.time_zone AS zone, w.settings -> 'holdout' AS holdout, clock_timestamp() AS now FROM journey j JOIN workspace w ON w.id = j.workspace_id
      WHERE j.workspace_id = ${workspace} AND j.id = ${id} AND j.state = 'live' AND j.plan_id IS NOT NULL`);
    const plan = open && (await loadPlans(tx, workspace, [open.plan])).get(open.plan);
    if (!open || !plan) return "idle";
    const due = await tx.rows<{ member: MemberId }>(sql`
      SELECT d.member_id AS member FROM (
        SELECT * FROM due WHERE workspace_id = ${workspace} AND journey_id = ${id} AND shard = ${shard.shard} AND at <= ${open.now}
        ORDER BY at LIMIT ${limit}) AS d ${isPatient ? unlessBehind(plan, open.shards, workspace) : sql``}`);
    if (due.length === 0) return isPatient && asksOfRuns(plan) ? "waits" : "idle";
    const ids = due.map(({ member }) => member).sort();
    const locked = await lockMembers(tx, workspace, ids);
    const at: At = { workspace, now: open.now, zone: open.zone };
    const { entrants, passed, writes, members } = await judge(tx, at, plan, { ids, locked });
    const to = { id, shards: open.shards, plan, holdout: open.holdout };
    const entered = await enter(tx, at, to, entrants, { locked, isBulk: true, members });
    turnAway(tx, workspace, id, passed, open.now);
    saveDues(tx, workspace, { id, shards: open.shards }, writes);
    await forget(tx, workspace, plan, ids, writes);
    ringFor(tx, workspace, entered);
    return "moved";
  });
}

/** Not behind a run that is to move first; where places are bounded, not behind anyone's. */
function unlessBehind(plan: Plan, shards: number, workspace: WorkspaceId): Sql {
  if (!asksOfRuns(plan)) return sql``;
  const anyone = hasUnmoved({ workspace, journey: plan.journey, shards }, sql`d.at`);
  return sql`WHERE NOT ${plan.limits?.live === undefined ? IS_BEHIND_OWN_RUN : anyone}`;
}

/** Whom their due row lets in now, whose day was missed while it was waited for, and what each row becomes. Who is gone, or no longer what the row was for, gets none. */
async function judge(
  tx: Tx,
  at: At,
  plan: Plan,
  { ids, locked }: { ids: readonly MemberId[]; locked: LockedMembers },
): Promise<{
  entrants: Entrant[];
  passed: TurnedAway[];
  writes: DueWrite[];
  members: ReadonlyMap<MemberId, LoadedMember>;
}> {
  const [members, rows, inside] = await Promise.all([
    loadMembers(tx, at.workspace, ids, askedByPlans([plan], at.now, at.zone)),
    readDues(tx, at.workspace, [plan.journey], ids),
    insideOf(tx, at.workspace, plan, ids),
  ]);
  const gone = new Set(locked.merged.map(({ id }) => id));
  const entrants: Entrant[] = [];
  const missed: Entrant[] = [];
  const writes: DueWrite[] = [];
  for (const id of ids) {
    const member = members.get(id);
    const row = rows.get(`${plan.journey} ${id}`);
    if (!member || member.isAnonymous || gone.has(id) || !row || row.at === null || row.at > at.now.getTime()) continue;
    if (plan.entry.on === "segment") {
      if (inside.has(id)) admit(entrants, at, plan, member, { segment_id: plan.entry.segment, is_existing: true });
      continue;
    }
    if (!isTimed(plan.entry)) continue;
    const { occurrence, passed, next } = fall(plan.entry, row.memory, timedFacts(member, at));
    writes.push({ member: id, ...next });
    // What lay before the row's instant was not waited for.
    for (const one of passed) if (one.at >= row.at) admit(missed, at, plan, member, one.properties);
    if (occurrence) admit(entrants, at, plan, member, occurrence.properties);
  }
  const passed = missed.map((one): TurnedAway => ({ ...one, reason: "overdue" }));
  return { entrants, passed, writes, members };
}

function admit(
  entrants: Entrant[],
  at: At,
  plan: Plan,
  member: LoadedMember,
  properties: Record<string, unknown>,
): void {
  const now = at.now.getTime();
  const event: EventFacts = {
    id: newId<EventId>(now),
    name: plan.entry.event,
    properties,
    occurredAt: now,
    acceptedAt: now,
    isHistorical: false,
  };
  const facts = { ...timedFacts(member, at), event };
  if (evaluate(plan.entry.when, facts))
    entrants.push({ member: member.id, key: keyOf(plan, event, facts), event, why: becauseOfEntry(plan, facts) });
}

/** Who is in the segment still, and was not let in as one of those who were. */
async function insideOf(tx: Tx, workspace: WorkspaceId, plan: Plan, ids: readonly MemberId[]): Promise<Set<MemberId>> {
  const { entry } = plan;
  if (entry.on !== "segment") return new Set();
  const before = await reachedBefore(tx, workspace, plan.journey, ids, { by: "publish" });
  const rows = await tx.rows<{ member: MemberId }>(sql`
    SELECT member_id AS member FROM segment_member
    WHERE workspace_id = ${workspace} AND segment_id = ${entry.segment} AND member_id = ANY(${[...ids]}::uuid[]) AND is_in`);
  return new Set(rows.map(({ member }) => member).filter((member) => !before.has(member)));
}

/** Rows that were looked at and not written again are over. */
async function forget(
  tx: Tx,
  workspace: WorkspaceId,
  plan: Plan,
  ids: readonly MemberId[],
  writes: readonly DueWrite[],
): Promise<void> {
  const kept = new Set(writes.map(({ member }) => member));
  const over = ids.filter((id) => !kept.has(id));
  if (over.length === 0) return;
  await tx.run(
    sql`DELETE FROM due WHERE workspace_id = ${workspace} AND journey_id = ${plan.journey} AND member_id = ANY(${over}::uuid[])`,
  );
}
