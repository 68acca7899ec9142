import type { WorkspaceId } from "@/core/ids";
import { engine, isAway, isHeldUp, isPoison, type Tx, unflushed, unplanned } from "@/platform/db";
import { log } from "@/platform/log";
import { histogram, SIZES } from "@/platform/metrics";
import { buryRow } from "../../events/bury";
import { byWorkspace, type InboxRow } from "../../events/inbox-row";
import { behindCrowders, discharge, holdLane, oldest, setIdle } from "../../events/lane";
import { announceSoon } from "../../rings/announce-soon";
import { heed } from "../failing";
import { batches, reasonsOf } from "../move";
import type { Run } from "../run";
import { type Acted, actOn } from "./act-on";

/**
 * took: rows acted on; isIdle: the lane was set idle, so look once more before waiting; waits: all there is waits for runs that others move; busy:
 * another worker has it.
 */
export type DispatchTurn = { is: "took"; took: number; isIdle: boolean; waits?: true } | { is: "busy" };

const TURN = 500;
/** Of so few the statements keep their plans (decision 077). */
const FEW = 8;
/** A stock that somebody holds for longer is waited for by the journey, not by a lane with everybody's events. */
const PATIENCE_MS = 500;
/** Once a workspace's turn was kept waiting, its next ones are too: so long they leave the runs to their conductors, or each lane would wait in turn. */
const CROWDED_MS = 2000;
const crowded = new Map<WorkspaceId, number>();
const isCrowded = (workspace: WorkspaceId): boolean =>
  performance.now() - (crowded.get(workspace) ?? Number.NEGATIVE_INFINITY) < CROWDED_MS;
/** When this process last took events, by its own clock: bulk work leaves room while they come (activities/turns). */
let tookAt = Number.NEGATIVE_INFINITY;
export const msSinceEvents = (): number => performance.now() - tookAt;
const turns = histogram("dispatch_turn_events", "Events taken from a lane in one transaction", [], SIZES);

/**
 * One turn of a lane: its oldest inbox rows, a share of each workspace, are projected onto their members, offered to their runs, and may
 * enter journeys, and with `carries` few runs are moved; all in one transaction that holds the lane. A row that breaks a statement is found by
 * halving and buried; the lane goes on.
 */
export async function dispatch(lane: number, { limit = TURN, carries = true } = {}): Promise<DispatchTurn> {
  if (!carries) return withoutCarrying(lane, limit);
  let working: WorkspaceId | undefined;
  let hasCarried = false;
  let taken: Taken;
  try {
    taken = await turn(lane, limit, actOn, {
      carries,
      begins: (workspace, carries) => {
        working = workspace;
        hasCarried ||= carries;
      },
    });
  } catch (error) {
    if (isAway(error) && !isHeldUp(error)) throw error;
    if (isHeldUp(error) && working !== undefined) crowded.set(working, performance.now());
    log("worker").warn(
      { err: error, lane, workspace: working },
      "a turn could not move its runs; their conductors will",
    );
    // Where nothing was carried it was an event that broke the turn, and the whole of it would break once more.
    return withoutCarrying(lane, isPoison(error) && !hasCarried ? Math.max(1, limit >> 1) : limit);
  }
  tell(taken);
  return taken.turn;
}

/** What broke, or was kept waiting, may be a run: then its conductor sees to it, and neither the event that readied it nor the lane is the worse. */
async function withoutCarrying(lane: number, limit: number): Promise<DispatchTurn> {
  try {
    return (await turn(lane, limit, actOn, { carries: false })).turn;
  } catch (error) {
    if (!isPoison(error)) throw error;
    if (limit > 1) return withoutCarrying(lane, limit >> 1);
    const alone = await turn(lane, 1, async (tx, workspace, rows) => {
      for (const row of rows) await buryRow(tx, workspace, row, error);
      return { carried: [], left: new Set() };
    });
    return alone.turn;
  }
}

type Options = { carries: boolean };
type Treatment = (tx: Tx, workspace: WorkspaceId, rows: InboxRow[], now: Date, options: Options) => Promise<Acted>;
/** `carried`: the runs moved in it. */
type Taken = { turn: DispatchTurn; carried: { workspace: WorkspaceId; runs: Run[] }[] };

/** `begins`: told which workspace's events are next, and whether their runs are moved too. */
type Manner = Options & { begins?(workspace: WorkspaceId, carries: boolean): void };

async function turn(
  lane: number,
  limit: number,
  treat: Treatment,
  manner: Manner = { carries: false },
): Promise<Taken> {
  const taken = await engine(
    async (tx): Promise<Taken> => {
      // Read behind the lock, in the same round trip; without the lock the rows are another worker's.
      const [held, { rows: first, full, hasMore }] = await Promise.all([holdLane(tx, lane), oldest(tx, lane, limit)]);
      if (!held) return { turn: { is: "busy" }, carried: [] };
      const rows = full.length > 0 ? [...first, ...(await behindCrowders(tx, lane, full))] : first;
      if (rows.length > FEW) unplanned(tx);
      const carried: Taken["carried"] = [];
      let took = 0;
      for (const [workspace, own] of byWorkspace(rows)) {
        const carries = manner.carries && !isCrowded(workspace);
        manner.begins?.(workspace, carries);
        const acted = await treat(tx, workspace, own, held.now, { carries });
        carried.push({ workspace, runs: acted.carried });
        const done = own.filter((row) => !acted.left.has(row));
        discharge(tx, lane, workspace, done);
        took += done.length;
      }
      // Where no run was moved only rings leave the database, and a ring is a hint: if Postgres loses the turn, the events are back in the inbox.
      if (carried.every(({ runs }) => runs.length === 0)) unflushed(tx);
      const goesOn = hasMore || took < rows.length;
      if (goesOn === held.isIdle) setIdle(tx, lane, !goesOn);
      const waits = took === 0 && rows.length > 0 && carried.every(({ runs }) => runs.length === 0);
      return { turn: { is: "took", took, isIdle: !goesOn, ...(waits && { waits }) }, carried };
    },
    { isPlanned: true, ...(manner.carries && { patience: PATIENCE_MS }) },
  );
  // Behind the commit: a turn that is begun anew counts once.
  if (taken.turn.is === "took") {
    turns.observe(taken.turn.took);
    if (taken.turn.took > 0) tookAt = performance.now();
  }
  return taken;
}

/** After the commit: screens learn of it, and a journey whose runs keep failing pauses. The lane does not wait for that. */
function tell({ carried }: Taken): void {
  for (const { workspace, runs } of carried) {
    if (runs.length > 0) batches.observe(runs.length);
    for (const run of runs) {
      announceSoon(workspace, `journey:${run.journey}`);
      heed({ workspace, journey: run.journey }, 1, reasonsOf([run])).catch((error: unknown) =>
        log("worker").error({ err: error, journey: run.journey }, "a failing journey could not be paused"),
      );
    }
  }
}
