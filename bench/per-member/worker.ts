import { fileURLToPath } from "node:url";
import { DefaultLogger, NativeConnection, Runtime, Worker } from "@temporalio/worker";
import { config } from "@/platform/config";
import { connect, disconnect } from "@/platform/db";
import { connectionOptions } from "@/platform/temporal";
import * as activities from "./activities";
import { PER_MEMBER_QUEUE } from "./queue";

/** The baseline's worker, a process of its own, with the SDK's defaults. */
Runtime.install({ logger: new DefaultLogger("WARN"), shutdownSignals: [] });
connect(config().DATABASE_URL, config().DATABASE_POOL);
const connection = await NativeConnection.connect(connectionOptions());
const worker = await Worker.create({
  connection,
  namespace: config().TEMPORAL_NAMESPACE,
  taskQueue: PER_MEMBER_QUEUE,
  workflowsPath: fileURLToPath(new URL("./workflow.ts", import.meta.url)),
  activities,
  shutdownForceTime: "5 seconds",
});
process.once("SIGTERM", () => worker.shutdown());
await worker.run().finally(() => disconnect());
process.exit(0);
