import { join } from "node:path";
import { config } from "@/platform/config";
import { answering, connect, disconnect, followClock } from "@/platform/db";
import { armFaultPoint } from "@/platform/fault-points";
import { log } from "@/platform/log";
import { keptBundle } from "./bundle";
import { openConnection } from "./connection";
import { end } from "./ending";
import { unready } from "./readiness";
import { installRuntime } from "./runtime";
import { serveHealth } from "./serve-health";
import { type RunningWorker, startWorker } from "./start-worker";

/** The worker role; any number of these processes share the work. */
async function main(): Promise<void> {
  const logger = log("worker");
  armFaultPoint(config().FAULT_POINT);
  installRuntime();
  connect(config().DATABASE_URL, config().DATABASE_POOL);
  followClock();
  const [connection, code] = [openConnection(), keptBundle(join(config().REGULARS_HOME, "cache"))];
  // Whichever fails is told by whoever waits for it.
  code.catch(() => {});
  let stopping = false;
  let worker: RunningWorker | undefined;
  // From the start: a probe that meets nobody would have a worker killed that only waits for its servers.
  const closeHealth = serveHealth(config().WORKER_METRICS_PORT, async () =>
    stopping ? "stopping" : unready(worker?.carried),
  );
  await answering();
  const running = await startWorker(connection, code);
  worker = running;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info("worker stopping");
    await end({ worker: running, connection, disconnect, closeHealth });
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
