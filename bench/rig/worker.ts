import { hostname } from "node:os";
import { WORKER_ID } from "@/activities/holder";
import { CONDUCT_QUEUE } from "@/core/plan/conductor";
import { config } from "@/platform/config";
import { connect, disconnect } from "@/platform/db";
import { beat } from "@/services/rings/beats";
import { startBells } from "@/worker/bells";
import { openConnection } from "@/worker/connection";
import { startDispatcher } from "@/worker/dispatcher";
import { installRuntime } from "@/worker/runtime";
import { bundle, clientOn, runWorkers } from "@/worker/temporal-worker";
import { startTimers } from "@/worker/timers";

/** The product's worker with its bells, dispatcher and timers, but without its senders: for benches that end when the run is parked, not when the mail is out. */
const QUEUES = { conduct: CONDUCT_QUEUE, send: "nobody-sends" };
/** As worker/start-worker. */
const BEAT_MS = 1000;
const LANES_AT_ONCE = 3;

installRuntime();
connect(config().DATABASE_URL, config().DATABASE_POOL);
const [connection, code] = await Promise.all([openConnection(), bundle()]);
const running = await runWorkers(connection, code, { conduct: QUEUES.conduct, send: "nobody-rings" });
const stopBells = await startBells({ client: clientOn(connection) }, QUEUES);
const stopDispatcher = await startDispatcher(LANES_AT_ONCE);
const stopTimers = await startTimers();
const tick = (): Promise<void> => beat(WORKER_ID, hostname(), process.pid);
await tick();
const beating = setInterval(() => void tick().catch(() => {}), BEAT_MS);

process.once("SIGTERM", async () => {
  await stopDispatcher();
  await stopTimers();
  await stopBells();
  await running.stop();
  clearInterval(beating);
  await connection.close().catch(() => {});
  await disconnect();
  process.exit(0);
});
