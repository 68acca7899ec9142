import type { WorkspaceId } from "@/core/ids";
import { engine, isAway, isHeldUp, isPoison, type Tx } from "@/platform/db";
import { histogram, SIZES } from "@/platform/metrics";
import { bury } from "../../events/bury";
import { byWorkspace, type InboxRow } from "../../events/inbox-row";
import { discharge, holdLane, oldest, setIdle } from "../../events/lane";
import { announceSoon } from "../../rings/announce-soon";
import { heed } from "../failing";
import type { Run } from "../run";
import { actOn } from "./act-on";

/** took: rows read; isIdle: the lane was set idle, so look once more before waiting; busy: another worker has it. */
export type DispatchTurn = { is: "took"; took: number; isIdle: boolean } | { is: "busy" };

const TURN = 500;
/** A turn holds journeys, conductors and counters until its commit, and each further event of one member is a round of its own. */
const MOST_OF_A_MEMBER = 8;
/** Of so few events a turn moves the runs itself (decision 024); of more they are moved in larger sets, by their conductors. */
const FEW = 8;
/**
 * Where no run is moved only rings leave the database, and a ring is a hint: if Postgres loses the turn, the events are back in the inbox, and
 * nothing was said.
 */
const UNFLUSHED = { flushed: false };
const turns = histogram("dispatch_turn_events", "Events taken from a lane in one transaction", [], SIZES);

/**
 * One turn of a lane: its oldest inbox rows, a share of each workspace, are projected onto their members, offered to their runs, and may
 * enter journeys, and with `carries` few runs are moved; all in one transaction that holds the lane. A row that breaks a statement is found by halving and buried; the lane goes on.
 */
export async function dispatch(lane: number, { limit = TURN, carries = true } = {}): Promise<DispatchTurn> {
  if (!carries) return withoutCarrying(lane, limit);
  try {
    return await told(await turn(lane, limit, actOn, { carries }));
  } catch (error) {
    if (isAway(error) && !isHeldUp(error)) throw error;
    return withoutCarrying(lane, limit);
  }
}

/** What broke, or was kept waiting, may be a run: then its conductor sees to it, and neither the event that readied it nor the lane is the worse. */
async function withoutCarrying(lane: number, limit: number): Promise<DispatchTurn> {
  try {
    return (await turn(lane, limit, actOn, { carries: false })).turn;
  } catch (error) {
    if (!isPoison(error)) throw error;
    if (limit > 1) return withoutCarrying(lane, limit >> 1);
    const reason = error instanceof Error ? error.message : String(error);
    const alone = await turn(lane, 1, async (tx, workspace, rows) => {
      for (const row of rows)
        await bury(tx, workspace, { kind: "event", reason, member: row.member, payload: row.event });
      return [];
    });
    return alone.turn;
  }
}

type Options = { carries: boolean };
type Treatment = (tx: Tx, workspace: WorkspaceId, rows: InboxRow[], now: Date, options: Options) => Promise<Run[]>;
/** `carried`: the runs moved in it. */
type Taken = { turn: DispatchTurn; carried: { workspace: WorkspaceId; runs: Run[] }[] };

async function turn(lane: number, limit: number, treat: Treatment, { carries } = { carries: false }): Promise<Taken> {
  return engine(async (tx) => {
    // Read behind the lock, in the same round trip; without the lock the rows are another worker's.
    const [held, { rows, hasMore }] = await Promise.all([holdLane(tx, lane), oldest(tx, lane, limit)]);
    if (!held) return { turn: { is: "busy" }, carried: [] };
    const taken = firstOfEach(rows);
    const isCut = taken.length < rows.length;
    const carried: Taken["carried"] = [];
    for (const [workspace, own] of byWorkspace(taken)) {
      const options = { carries: carries && taken.length <= FEW };
      carried.push({ workspace, runs: await treat(tx, workspace, own, held.now, options) });
      discharge(tx, lane, workspace, own);
    }
    turns.observe(rows.length);
    const goesOn = hasMore || isCut;
    if (goesOn === held.isIdle) setIdle(tx, lane, !goesOn);
    return { turn: { is: "took", took: taken.length, isIdle: !goesOn }, carried };
  }, UNFLUSHED);
}

/** After the commit: screens learn of it, and a journey whose runs keep failing pauses. */
async function told({ turn, carried }: Taken): Promise<DispatchTurn> {
  for (const { workspace, runs } of carried)
    for (const run of runs) {
      announceSoon(workspace, `journey:${run.journey}`);
      await heed({ workspace, journey: run.journey }, 1, run.state === "failed" ? 1 : 0, run.reason ?? "");
    }
  return turn;
}

/** Each member's oldest few, in their order; what is left is the first of the next turn. */
function firstOfEach(rows: InboxRow[]): InboxRow[] {
  const counts = new Map<string, number>();
  return rows.filter(({ member }) => {
    const count = (counts.get(member) ?? 0) + 1;
    counts.set(member, count);
    return count <= MOST_OF_A_MEMBER;
  });
}
