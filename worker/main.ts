import { hostname } from "node:os";
import { setLabelled } from "@/activities/labels";
import { WORKER_ID } from "@/activities/holder";
import { config } from "@/platform/config";
import { connect, disconnect } from "@/platform/db";
import { log } from "@/platform/log";
import { hasSearchAttributes, openConnection } from "./connection";
import { beat, lastBeat } from "@/services/rings/beats";
import { startBells } from "./bells";
import { startDispatcher } from "./dispatcher";
import { ensureSchedules } from "./schedules";
import { bundle, runWorkers } from "./temporal-worker";

const BEAT_MS = 1000;

/** The worker role: dispatcher, bells and Temporal workers in one process; any number of them share the work. */
async function main(): Promise<void> {
  const logger = log("worker");
  connect(config().DATABASE_URL, config().DATABASE_POOL);
  const [connection, code] = await Promise.all([openConnection(), bundle()]);
  const tick = (): Promise<void> => beat(WORKER_ID, hostname(), process.pid);
  await tick();
  const beating = setInterval(() => { tick().catch((error: unknown) => logger.warn({ err: error }, "the beat did not reach the database")); }, BEAT_MS);
  const running = await runWorkers(connection, code);
  setLabelled(await hasSearchAttributes(running.client));
  const stopBells = await startBells(running.client);
  const stopDispatcher = await startDispatcher(3);
  ensureSchedules(running.client).catch((error: unknown) => logger.warn({ err: error }, "the schedules could not be set; the next start tries again"));
  logger.info({ worker: WORKER_ID }, "worker ready");

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info("worker stopping");
    await stopDispatcher();
    await stopBells();
    await running.stop();
    clearInterval(beating);
    await lastBeat(WORKER_ID).catch(() => {});
    await connection.close().catch(() => {});
    await disconnect();
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop());
  process.on("SIGINT", () => void stop());
  await running.stopped;
  if (!stopping) throw new Error("the Temporal worker ended by itself");
}

main().catch((error: unknown) => {
  log("worker").fatal({ err: error }, "worker failed");
  process.exit(1);
});
