import { journeyConductor } from "@/core/ids";
import { engine, isAway, isHeldUp, sql, type Tx, unplanned } from "@/platform/db";
import { faultPoint } from "@/platform/fault-points";
import { log } from "@/platform/log";
import { announceSoon } from "../rings/announce-soon";
import { handOver, type Left, sleepOn } from "../rings/conductors";
import { claim, nextDue, START, workOf } from "./claim";
import { moveClaimed, open } from "./conduct";
import { heed } from "./failing";
import { batches } from "./move";
import type { Shard } from "./shard";

/** Members of each kind (readied by events, by other work, due, to be looked at) moved at once: behind more of one of them their conductor is started. */
const MOST = 100;
/** Of so few the statements keep their plans. */
const FEW = 8;
/** A member, a stock or a journey that somebody holds for longer holds up everybody else's waits: it is tried once more, then the conductor waits. */
const PATIENCE_MS = 500;
const ONCE_MORE_MS = 5000;
const heldUp = new Map<string, number>();

/**
 * Moves the few members of a sleeping journey whose time is up, as its conductor would, and notes when the next is due: one transaction, and
 * Temporal is not asked (decision 101). Crowds, whom else it lets in, and what breaks or is held up twice, are its conductor's; members whom another
 * transaction has locked, as each turn has those whose events it takes, are looked for again. Nothing is done while another worker is at it.
 */
export async function dueTurn(shard: Shard): Promise<void> {
  const { workspace, journey } = shard;
  const conductor = journeyConductor(journey, shard.shard);
  let moved: Awaited<ReturnType<typeof turn>>;
  try {
    moved = await engine((tx) => turn(tx, shard), { patience: PATIENCE_MS, isPlanned: true });
  } catch (error) {
    if (isAway(error) && !isHeldUp(error)) throw error;
    if (isHeldUp(error) && isFirst(conductor)) return;
    log("worker").warn({ err: error, journey }, "a turn could not move who is due; their conductor will");
    await engine(async (tx) => handOver(tx, workspace, conductor));
    return;
  }
  if (moved.count === 0) return;
  faultPoint("batch-committed");
  batches.observe(moved.count);
  announceSoon(workspace, `journey:${journey}`);
  await heed(shard, moved.count, moved.failed);
}

/** Whether this journey was not held up lately. */
function isFirst(conductor: string): boolean {
  const now = performance.now();
  for (const [one, at] of heldUp) if (now - at > ONCE_MORE_MS) heldUp.delete(one);
  if (heldUp.delete(conductor)) return false;
  heldUp.set(conductor, now);
  return true;
}

async function turn(tx: Tx, shard: Shard): Promise<{ count: number; failed: string[] }> {
  const conductor = journeyConductor(shard.journey, shard.shard);
  // Claimed behind the journey's lock, in the same round trip; where it is another worker's turn, for nothing.
  const [mine, journey, runs] = await Promise.all([
    tx.one<{ is: boolean }>(sql`SELECT pg_try_advisory_xact_lock(hashtextextended(${conductor}, 0)) AS is`),
    open(tx, shard),
    claim(tx, shard, START, { hot: MOST, bulk: MOST }),
  ]);
  if (!mine?.is) return { count: 0, failed: [] };
  const isLive = journey?.state === "live";
  if (runs.length > FEW) unplanned(tx);
  const moved = isLive && runs.length > 0 ? await moveClaimed(tx, shard, runs, journey) : { count: 0, failed: [] };
  const left = async (tx: Tx): Promise<Left> => {
    const work = await workOf(tx, shard);
    if (work.other || (work.runs && runs.length >= MOST)) return "its own";
    return work.runs ? "held" : "nothing";
  };
  await sleepOn(tx, shard.workspace, conductor, left, nextDue(shard));
  return moved;
}
