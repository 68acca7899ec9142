import type { WorkspaceId } from "@/core/ids";
import { engine, isPoison, type Tx } from "@/platform/db";
import { histogram, SIZES } from "@/platform/metrics";
import { bury } from "../events/bury";
import { byWorkspace, type InboxRow } from "../events/inbox-row";
import { discharge, holdLane, oldest, setIdle } from "../events/lane";
import { actOn } from "./act-on";

/** took: rows read; isIdle: the lane was set idle, so look once more before waiting; busy: another worker has it. */
export type DispatchTurn = { is: "took"; took: number; isIdle: boolean } | { is: "busy" };

const TURN = 500;
/** A turn holds journeys, conductors and counters until its commit, and each further event of one member is a round of its own. */
const MOST_OF_A_MEMBER = 8;
/** Only rings leave the database here, and a ring is a hint: if Postgres loses the turn, the events are back in the inbox, and nothing was said. */
const UNFLUSHED = { flushed: false };
const turns = histogram("dispatch_turn_events", "Events taken from a lane in one transaction", [], SIZES);

/**
 * One turn of a lane: its oldest inbox rows, a share of each workspace, are projected onto their members, offered to their runs, and may
 * enter journeys; all in one transaction that holds the lane. A row that breaks a statement is found by halving and buried; the lane goes on.
 */
export async function dispatch(lane: number, limit = TURN): Promise<DispatchTurn> {
  try {
    return await turn(lane, limit, actOn);
  } catch (error) {
    if (!isPoison(error)) throw error;
    if (limit > 1) return dispatch(lane, limit >> 1);
    const reason = error instanceof Error ? error.message : String(error);
    return turn(lane, 1, async (tx, workspace, rows) => {
      for (const row of rows)
        await bury(tx, workspace, { kind: "event", reason, member: row.member, payload: row.event });
    });
  }
}

type Treatment = (tx: Tx, workspace: WorkspaceId, rows: InboxRow[], now: Date) => Promise<void>;

async function turn(lane: number, limit: number, treat: Treatment): Promise<DispatchTurn> {
  return engine(async (tx) => {
    // Read behind the lock, in the same round trip; without the lock the rows are another worker's.
    const [held, { rows, hasMore }] = await Promise.all([holdLane(tx, lane), oldest(tx, lane, limit)]);
    if (!held) return { is: "busy" };
    const taken = firstOfEach(rows);
    const isCut = taken.length < rows.length;
    for (const [workspace, own] of byWorkspace(taken)) {
      await treat(tx, workspace, own, held.now);
      discharge(tx, lane, workspace, own);
    }
    turns.observe(rows.length);
    const goesOn = hasMore || isCut;
    if (goesOn === held.isIdle) setIdle(tx, lane, !goesOn);
    return { is: "took", took: taken.length, isIdle: !goesOn };
  }, UNFLUSHED);
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
