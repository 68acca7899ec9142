import { hostname } from "node:os";
import type { NativeConnection, WorkerOptions } from "@temporalio/worker";
import { WORKER_ID } from "@/activities/holder";
import { setLabelled } from "@/activities/labels";
import { onceBack } from "@/platform/db";
import { log } from "@/platform/log";
import { beat, lastBeat } from "@/services/rings/beats";
import { type Queues, startBells } from "./bells";
import { hasSearchAttributes } from "./connection";
import { startDispatcher } from "./dispatcher";
import { keepConnected } from "./keep-connected";
import { ensureSchedules } from "./schedules";
import { runWorkers } from "./temporal-worker";

const BEAT_MS = 1000;
/** Lanes dispatched at once: more than the cores only wait for each other's locks. */
const LANES_AT_ONCE = 3;

export type RunningWorker = { stop(): Promise<void>; stopped: Promise<void> };

/** Everything one worker process does: beat, conduct, send, ring, dispatch. Stops in the order in which nothing is left half done. */
export async function startWorker(
  connection: NativeConnection,
  workflowBundle: WorkerOptions["workflowBundle"],
  queues?: Queues,
): Promise<RunningWorker> {
  const logger = log("worker");
  const tick = (): Promise<void> => beat(WORKER_ID, hostname(), process.pid);
  await onceBack(tick);
  const beating = setInterval(() => {
    tick().catch((error: unknown) => logger.warn({ err: error }, "the beat did not reach the database"));
  }, BEAT_MS);
  const running = await keepConnected(connection, (one) => runWorkers(one, workflowBundle, queues));
  setLabelled(await hasSearchAttributes(running.client));
  const stopBells = await startBells(running, queues);
  const stopDispatcher = await startDispatcher(LANES_AT_ONCE);
  ensureSchedules(running.client).catch((error: unknown) =>
    logger.warn({ err: error }, "the schedules could not be set; the next start tries again"),
  );
  logger.info({ worker: WORKER_ID }, "worker ready");
  return {
    stopped: running.stopped,
    async stop() {
      await stopDispatcher();
      await stopBells();
      await running.stop();
      clearInterval(beating);
      await lastBeat(WORKER_ID).catch(() => {});
    },
  };
}
