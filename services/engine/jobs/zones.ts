import { z } from "zod";
import { type JourneyId, journeyConductor, type MemberId, type WorkspaceId } from "@/core/ids";
import { dueAgain } from "@/core/plan/advance";
import { isTimed } from "@/core/plan/entry";
import { asksTheClock } from "@/core/plan/look";
import type { Plan } from "@/core/plan/plan";
import { changesByTime } from "@/core/rules/next-change";
import { FIRST_UUID } from "@/core/uuid";
import { sql, type Tx } from "@/platform/db";
import { moveWaiting } from "../../broadcasts/move-waiting";
import { loadMembers } from "../../members/load";
import { lockMembers } from "../../members/lock";
import { liveJourneys, loadPlans } from "../../plans/plans";
import { watchedSegments } from "../../plans/watched";
import { ring } from "../../rings/ring";
import { rebuild } from "../../segments/rebuild";
import { factsOf } from "../leg";
import { lockRuns } from "../lifecycle/lock";
import { ringFor } from "../ring-for";
import type { Run } from "../run";
import { saveRuns } from "../write";
import type { BatchOf } from "./batch";

/** `from`: the zone the workspace had; `store`: it is this store's that changed, for those who joined there. */
const Spec = z.union([z.strictObject({ from: z.string() }), z.strictObject({ store: z.uuid() })]);
type At = { workspace: WorkspaceId; now: Date; zone: string };

const PAGE = 500;

/**
 * After clocks were set otherwise: what was told by the old ones is told anew, a page of members at a time by member id. Members who are to enter
 * by a date are looked at by their conductors at once, which let nobody in before their time or twice; waits get the instant that they would have
 * had. Instants that are past stay.
 */
export const zones: BatchOf = async (tx, job, now) => {
  const spec = Spec.parse(job.spec);
  const { workspace } = job;
  const place = await tx.one<{ zone: string }>(sql`SELECT time_zone AS zone FROM workspace WHERE id = ${workspace}`);
  if (!place) return { done: 0, skipped: 0, position: null };
  const at: At = { workspace, now, zone: place.zone };
  if (job.position === null && "from" in spec) {
    await moveWaiting(tx, at, spec.from);
    const counting = (await watchedSegments(tx, workspace)).filter(({ rule }) => changesByTime(rule));
    await rebuild(
      tx,
      workspace,
      counting.map(({ id }) => id),
    );
    return { done: 0, skipped: 0, position: FIRST_UUID };
  }
  const page = await tx.rows<{ id: MemberId }>(sql`
    SELECT id FROM member WHERE workspace_id = ${workspace} AND id > ${typeof job.position === "string" ? job.position : FIRST_UUID}
      ${"store" in spec ? sql`AND joined_store_id = ${spec.store}` : sql``}
    ORDER BY id LIMIT ${PAGE}`);
  const ids = page.map(({ id }) => id);
  const last = ids.at(-1);
  if (last === undefined) return { done: 0, skipped: 0, position: null };
  await moveMembers(tx, at, ids);
  return { done: ids.length, skipped: 0, position: last };
};

async function moveMembers(tx: Tx, at: At, ids: readonly MemberId[]): Promise<void> {
  const { workspace } = at;
  // By run_member. Those about to park are waited for: they park by the old clocks.
  const live = await tx.rows<{ id: Run["id"] }>(sql`
    SELECT id FROM run WHERE workspace_id = ${workspace} AND member_id = ANY(${[...ids]}::uuid[]) AND state IN ('ready', 'parked', 'held')`);
  const runs = await lockRuns(
    tx,
    workspace,
    live.map(({ id }) => id),
  );
  await lockMembers(tx, workspace, ids);
  await lookAtDues(tx, at, ids);
  const changed = await retimed(tx, at, runs);
  saveRuns(tx, workspace, changed, at.now);
  ringFor(tx, workspace, changed);
}

/** Due rows may be early, never late: at once is early enough, and whoever comes tells the instant anew (decision 025). */
async function lookAtDues(tx: Tx, { workspace, now }: At, ids: readonly MemberId[]): Promise<void> {
  const timed = (await liveJourneys(tx, workspace)).filter(({ plan }) => isTimed(plan.entry)).map(({ id }) => id);
  if (timed.length === 0) return;
  const moved = await tx.rows<{ journey: JourneyId; shard: number }>(sql`
    WITH moved AS (
      UPDATE due SET at = ${now} WHERE workspace_id = ${workspace} AND journey_id = ANY(${timed}::uuid[]) AND member_id = ANY(${[...ids]}::uuid[]) AND at > ${now}
      RETURNING journey_id, shard)
    SELECT DISTINCT journey_id AS journey, shard FROM moved`);
  await ring(
    tx,
    workspace,
    moved.map(({ journey, shard }) => journeyConductor(journey, shard)),
  );
}

/** Waiting runs with the instants that they would have had; returns those for which they are others. */
async function retimed(tx: Tx, at: At, runs: readonly Run[]): Promise<Run[]> {
  const waiting = runs.filter(({ state }) => state === "parked" || state === "held");
  if (waiting.length === 0) return [];
  const [plans, members] = await Promise.all([
    loadPlans(
      tx,
      at.workspace,
      waiting.map(({ plan }) => plan),
    ),
    loadMembers(
      tx,
      at.workspace,
      waiting.map(({ member }) => member),
    ),
  ]);
  return waiting.filter((run) => {
    const plan = plans.get(run.plan);
    if (!plan) return false;
    const dueAt = dueOf(run, plan, { members }, at);
    const looks = asksTheClock(plan, { step: run.step, state: run.state === "held" ? "held" : "parked" });
    if (looks) run.lookAt = at.now;
    const isMoved = dueAt?.getTime() !== run.dueAt?.getTime();
    run.dueAt = dueAt;
    return looks || isMoved;
  });
}

/** Of an observation the end stays, and of a run that is due or was woken the instant. */
function dueOf(run: Run, plan: Plan, load: Parameters<typeof factsOf>[1], { now, zone }: At): Date | null {
  if (run.state !== "parked" || run.parkedAt === null || run.dueAt === null || run.dueAt <= now) return run.dueAt;
  const due = dueAgain(plan, run.step, factsOf(run, load, { zone }, run.parkedAt), true);
  return due === undefined || due === null ? run.dueAt : new Date(due);
}
