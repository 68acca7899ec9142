import type { RunId } from "@/core/ids";
import { engine, isPoison, sql, type Tx } from "@/platform/db";
import { faultPoint } from "@/platform/fault-points";
import { loadMembers } from "../members/load";
import { lockMembers } from "../members/lock";
import { holdJourney } from "../plans/hold";
import { askedByPlans, loadPlans } from "../plans/plans";
import { announceSoon } from "../rings/announce-soon";
import { type Cursor, claim, claimThese, IN_INDEX_ORDER, isOver, type Shard } from "./claim";
import { heed } from "./failing";
import { behind, mapRuns } from "./lifecycle/map-runs";
import { batches, move, provide } from "./move";
import { nextInstantOf, type Run } from "./run";
import { type Moved, saveRuns, saveTraffic, Traffic } from "./write";

/** `bulk`: how many of those moved no event had readied. */
export type Turn =
  | { is: "moved"; count: number; bulk: number; cursor: Cursor }
  | { is: "idle"; cursor: Cursor }
  | { is: "over" };

/**
 * One batch of one shard: claimed, moved to its next wait or end, and written, in one transaction. The clock is the database's.
 * When the data of one run breaks a statement, the batch is halved until that run stands alone and fails with its reason.
 */
export async function conduct(shard: Shard, cursor: Cursor, limit: { hot: number; bulk: number }): Promise<Turn> {
  let claimed: RunId[] = [];
  let failed: string[] = [];
  try {
    const turn = await engine(async (tx): Promise<Turn> => {
      // Claimed behind the journey's lock, in the same round trip; in a journey that does not go on, for nothing.
      const [journey, runs] = await Promise.all([open(tx, shard), claim(tx, shard, cursor, limit)]);
      if (!journey) return { is: "idle", cursor };
      if (journey.state !== "live") return (await isOver(tx, shard)) ? { is: "over" } : { is: "idle", cursor };
      claimed = runs.map((run) => run.id);
      if (runs.length === 0) return { is: "idle", cursor };
      // Before the batch changes them: where this claim's two index walks ended.
      const next = { hot: furthest(runs, false, cursor.hot), bulk: furthest(runs, true, cursor.bulk) };
      const bulk = runs.filter(({ isBulk, state }) => isBulk || state !== "ready").length;
      const moved = await moveClaimed(tx, shard, runs, journey);
      failed = moved.failed;
      // All were merged members': the survivors' turns ring.
      if (moved.count === 0) return { is: "idle", cursor };
      return { is: "moved", count: moved.count, bulk, cursor: next };
    });
    if (turn.is === "moved") {
      faultPoint("batch-committed");
      batches.observe(turn.count);
      announceSoon(shard.workspace, `journey:${shard.journey}`);
      await heed(shard, turn.count, failed);
    }
    return turn;
  } catch (error) {
    if (!isPoison(error) || claimed.length === 0) throw error;
    await heed(shard, claimed.length, await halve(shard, claimed, error));
    return { is: "moved", count: claimed.length, bulk: 0, cursor };
  }
}

const furthest = (runs: readonly Run[], isBulk: boolean, from: number): number =>
  runs.reduce(
    (most, run) =>
      run.state === "ready" && run.isBulk === isBulk && run.readyOrder !== null ? Math.max(most, run.readyOrder) : most,
    from,
  );

export type Opened = { state: string; mappings: number; zone: string; now: Date };

/** The journey, held: that makes pause exact, which waits for this batch, and no later one begins. */
export async function open(tx: Tx, { workspace, journey }: Shard): Promise<Opened | undefined> {
  holdJourney(tx, journey);
  return tx.one(sql`
    SELECT j.state, j.mappings, w.time_zone AS zone, clock_timestamp() AS now, ${IN_INDEX_ORDER} FROM journey j JOIN workspace w ON w.id = j.workspace_id
    WHERE j.workspace_id = ${workspace} AND j.id = ${journey}`);
}

/**
 * Moves runs that this transaction claimed, through publishes first where those passed them by. Those of members merged away since are left for
 * the survivor's next dispatch turn to bring over: moved here, they would give to nobody, and send by a consent that is no longer asked.
 */
export async function moveClaimed(
  tx: Tx,
  { workspace }: Shard,
  claimed: readonly Run[],
  { now, zone, mappings }: Opened,
): Promise<{ count: number; failed: string[] }> {
  const plans = await loadPlans(
    tx,
    workspace,
    claimed.map((run) => run.plan),
  );
  const passedBy = await behind(tx, workspace, claimed, () => mappings, plans);
  const ids = [...new Set(claimed.map((run) => run.member))].sort();
  const [locked, members, provisions] = await Promise.all([
    lockMembers(tx, workspace, ids),
    loadMembers(tx, workspace, ids, askedByPlans(plans.values(), now, zone)),
    provide(tx, workspace, plans, claimed.filter(canAct), { late: new Set(passedBy?.runs) }),
  ]);
  const runs = locked.standing(claimed);
  if (runs.length === 0) return { count: 0, failed: [] };
  const late = passedBy && { ...passedBy, runs: locked.standing(passedBy.runs) };
  const before: Moved = { lines: [], traffic: new Traffic() };
  if (late) await mapRuns(tx, late, { workspace, now, zone, plans, members, ...before });
  // A publish may have taken a run out of this batch: it left, or its wait is longer now.
  const moving = late ? runs.filter((run) => run.state === "ready" || isDue(run, now)) : runs;
  const load = { plans, members, locked, ...provisions };
  const failed = await move(tx, { workspace, now, zone }, moving, load, { saved: runs, before });
  return { count: runs.length, failed };
}

/** Who is held is only looked at: no offer lies ahead of them whose stock others would wait for. */
const canAct = ({ state }: Run): boolean => state !== "held";

const isDue = (run: Run, now: Date): boolean =>
  (run.state === "parked" || run.state === "held") && nextInstantOf(run) <= now.getTime();

/** Tries each half in its own transaction, down to the single run that fails. Returns why those that did. */
async function halve(shard: Shard, ids: readonly RunId[], cause: unknown): Promise<string[]> {
  const [only] = ids;
  if (ids.length === 1 && only) return failOne(shard, only, cause);
  const failed: string[] = [];
  for (const half of [ids.slice(0, ids.length >> 1), ids.slice(ids.length >> 1)]) {
    try {
      const reasons = await engine(async (tx) => {
        const journey = await open(tx, shard);
        if (journey?.state !== "live") return [];
        const runs = await claimThese(tx, shard, half);
        return runs.length > 0 ? (await moveClaimed(tx, shard, runs, journey)).failed : [];
      });
      failed.push(...reasons);
    } catch (error) {
      if (!isPoison(error)) throw error;
      failed.push(...(await halve(shard, half, error)));
    }
  }
  return failed;
}

async function failOne(shard: Shard, id: RunId, cause: unknown): Promise<string[]> {
  return engine(async (tx) => {
    const journey = await open(tx, shard);
    const [run] = await claimThese(tx, shard, [id]);
    if (!run || !journey) return [];
    run.state = "failed";
    run.reason = message(cause);
    saveRuns(tx, shard.workspace, [run], journey.now);
    saveTraffic(
      tx,
      shard.workspace,
      [{ journey: run.journey, shard: run.shard, step: run.step, port: "@failed", count: 1 }],
      journey.now,
    );
    return [run.reason];
  });
}

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);
