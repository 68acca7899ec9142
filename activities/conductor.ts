import { Context, heartbeat } from "@temporalio/activity";
import type { ConductorId, WorkspaceId } from "@/core/ids";
import type { Conducted, Label } from "@/core/plan/conductor";
import { instantMs } from "@/platform/clock";
import type { Tx } from "@/platform/db";
import { faultPoint } from "@/platform/fault-points";
import { conductorTitle } from "@/services/engine/conductor-title";
import { type Chair, leave, retire, type Sleep, take } from "@/services/rings/conductors";
import { NEAR_MS } from "@/services/rings/ring-by";
import { clear, linger, mayWait, waitHere } from "./bell";
import { holderName } from "./holder";

export type Work = {
  /** One batch. idle: nothing found; over: nothing will ever come again. */
  turn(): Promise<"moved" | "idle" | "over">;
  /** Asked once more before its row goes, where a turn can say over: nothing will come, unless the row is made anew. */
  isOver?(tx: Tx): Promise<boolean>;
  /** Goes to sleep if there is still nothing to do, and will not be at once. */
  rest(chair: Chair): Promise<Sleep>;
  /**
   * Where the workers' timers move its members too, few at a time (decision 101): whether it has lately moved more than few. Only then it stays for
   * near instants, and its durable timer is a net.
   */
  isCrowded?(): boolean;
  label(): Promise<Label>;
  /** Ends what is still under way, however the loop ended; it beats until then. */
  drain?(): Promise<void>;
};

/** After this long the activity hands back to its workflow, so that no attempt outlives its time-out. */
const LONGEST_MS = 5 * 60_000;
/** A nearer instant is waited for in the activity: a durable timer for it costs the server two tasks, and ends up to a second late. */
const SOON_MS = 2000;
/** Temporal's timers end up to a second late; so much earlier it is woken, and waits the rest of it as a near one. */
const EARLY_MS = 1000;
/** So much later than the workers' timers a durable one looks whether they came. */
const NET_MS = 5000;

/**
 * The loop of every conductor's activity: take the chair, work while there is work, linger for a bell, sleep off. A cancelled one (the worker
 * is stopping, or it lost its heartbeat) finishes its transaction, leaves the chair and throws, so that Temporal starts it elsewhere.
 */
export async function conductor(workspace: WorkspaceId, id: ConductorId, work: Work): Promise<Conducted> {
  const { cancellationSignal: stop } = Context.current();
  const holder = holderName();
  const began = Date.now();
  const beat = setInterval(() => heartbeat(), 1000);
  try {
    if (!(await take(workspace, id, holder))) return { is: "over", label: null };
    faultPoint("chair-taken");
    for (;;) {
      if (stop.aborted) {
        await leave(workspace, id, holder);
        throw stop.reason;
      }
      clear(id);
      const turn = await work.turn();
      if (turn === "over") {
        if (!(await retire(workspace, id, holder, work.isOver ?? (async () => true)))) continue;
        return { is: "over", label: await work.label() };
      }
      if (turn === "moved") {
        if (Date.now() - began > LONGEST_MS) return { is: "again", ...(await shown(workspace, id, work)) };
        continue;
      }
      if (Date.now() - began < LONGEST_MS && (await linger(id, Date.now(), stop))) continue;
      if (stop.aborted) continue;
      faultPoint("before-sleep");
      const stays = (work.isCrowded?.() ?? true) && Date.now() - began < LONGEST_MS && mayWait();
      const slept = await work.rest({ holder, soonMs: stays ? SOON_MS : 0 });
      if (slept.is === "soon") await waitHere(id, slept.ms, stop);
      if (slept.is === "work" || slept.is === "soon") continue;
      faultPoint("after-sleep");
      const timerMs = work.isCrowded ? netMs : sleepMs;
      const ms = slept.is === "asleep" && slept.until !== null ? timerMs(slept.until.getTime() - instantMs()) : null;
      return { is: "asleep", ms, ...(await shown(workspace, id, work)) };
    }
  } finally {
    try {
      await work.drain?.();
    } finally {
      clearInterval(beat);
    }
  }
}

async function shown(workspace: WorkspaceId, id: ConductorId, work: Work): Promise<{ label: Label; title: string }> {
  const [label, title] = await Promise.all([work.label(), conductorTitle(workspace, id)]);
  return { label, title };
}

const sleepMs = (ms: number): number => Math.max(0, ms > SOON_MS ? ms - EARLY_MS : ms);
/** Behind the workers' timers, and seldom: each end of a durable timer costs a task and an activity. */
const netMs = (ms: number): number => Math.max(NEAR_MS, ms + NET_MS);
