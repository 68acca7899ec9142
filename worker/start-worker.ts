import { hostname } from "node:os";
import type { NativeConnection, WorkerOptions } from "@temporalio/worker";
import { WORKER_ID } from "@/activities/holder";
import { setLabelled } from "@/activities/labels";
import { onceBack } from "@/platform/db";
import { log } from "@/platform/log";
import { beat, forgetDead, lastBeat } from "@/services/rings/beats";
import { type Queues, startBells } from "./bells";
import { hasSearchAttributes } from "./connection";
import { startDispatcher } from "./dispatcher";
import { keepConnected } from "./keep-connected";
import type { Carried } from "./readiness";
import { keepSchedules } from "./schedules";
import { Shares } from "./shares";
import { runWorkers } from "./temporal-worker";
import { startTimers } from "./timers";

const BEAT_MS = 1000;
/** Lanes dispatched at once: more than the cores only wait for each other's locks. */
const LANES_AT_ONCE = 3;

export type RunningWorker = { stop(): Promise<void>; stopped: Promise<void>; carried: Carried };

type Eventually<T> = T | Promise<T>;

/**
 * Everything one worker process does: beat, dispatch, conduct, send, ring. What comes or falls due few at a time is moved by dispatch and timers
 * alone, so those begin before Temporal is there. Stops in the order in which nothing is left half done.
 */
export async function startWorker(
  connection: Eventually<NativeConnection>,
  workflowBundle: Eventually<WorkerOptions["workflowBundle"]>,
  queues?: Queues,
): Promise<RunningWorker> {
  const logger = log("worker");
  const shares = new Shares();
  await forgetDead(WORKER_ID, hostname(), isRunning).catch((error: unknown) =>
    logger.warn({ err: error }, "what dead workers held is found later"),
  );
  const [stopDispatcher, stopTimers] = await Promise.all([startDispatcher(LANES_AT_ONCE), startTimers(shares)]);
  const [first, code] = await Promise.all([connection, workflowBundle]);
  const tick = (): Promise<void> => beat(WORKER_ID, hostname(), process.pid);
  await onceBack(tick);
  const beating = setInterval(() => {
    tick().catch((error: unknown) => logger.warn({ err: error }, "the beat did not reach the database"));
  }, BEAT_MS);
  const running = await keepConnected(first, (one) => runWorkers(one, code, queues));
  setLabelled(await hasSearchAttributes(running.client));
  const stopBells = await startBells(running, queues, shares);
  const stopSchedules = keepSchedules(running);
  logger.info({ worker: WORKER_ID }, "worker ready");
  return {
    stopped: running.stopped,
    carried: running,
    async stop() {
      stopSchedules();
      await Promise.all([stopDispatcher(), stopTimers()]);
      await stopBells();
      await running.stop();
      clearInterval(beating);
      await lastBeat(WORKER_ID).catch(() => {});
    },
  };
}

/** Whether a process of this machine runs; one with our own id is an earlier one, of a container that was started again. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
