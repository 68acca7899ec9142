import { fileURLToPath } from "node:url";
import { Client } from "@temporalio/client";
import {
  bundleWorkflowCode,
  DefaultLogger,
  type NativeConnection,
  Worker,
  type WorkerOptions,
  type WorkflowBundleWithSourceMap,
} from "@temporalio/worker";
import * as broadcast from "@/activities/broadcast";
import * as caller from "@/activities/caller";
import * as job from "@/activities/job";
import * as journey from "@/activities/journey";
import * as segments from "@/activities/segments";
import * as sender from "@/activities/sender";
import * as upkeep from "@/activities/upkeep";
import { CONDUCT_QUEUE, SEND_QUEUE } from "@/core/plan/conductor";
import { config } from "@/platform/config";
import type { Queues } from "./bells";

/** The workflows' code, bundled once a process (about a second); the tests pass theirs to every worker. */
export const bundle = (): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL("../workflows/index.ts", import.meta.url)),
    logger: new DefaultLogger("WARN"),
  });

/** `polls`: each kind of work is asked for at the server. */
export type Running = { stop(): Promise<void>; stopped: Promise<void>; polls(): boolean };

/** What signals conductors, on the workers' connection: eager starts need that. */
export const clientOn = (connection: NativeConnection): Client =>
  new Client({ connection, namespace: config().TEMPORAL_NAMESPACE });

/** Slots are explicit: activities that linger or wait keep theirs (160 at most), and the SDK's default of 100 would starve what moves. */
const CONDUCT_SLOTS = 300;
const SEND_SLOTS = 200;

/** One Temporal worker per kind of work. */
export async function runWorkers(
  connection: NativeConnection,
  workflowBundle: WorkerOptions["workflowBundle"],
  queues: Queues = { conduct: CONDUCT_QUEUE, send: SEND_QUEUE },
): Promise<Running> {
  const shared = {
    connection,
    namespace: config().TEMPORAL_NAMESPACE,
    workflowBundle,
    stickyQueueScheduleToStartTimeout: "3 seconds",
    shutdownGraceTime: "1 second",
    shutdownForceTime: "8 seconds",
  } as const;
  const workers = await Promise.all([
    Worker.create({
      ...shared,
      taskQueue: queues.conduct,
      activities: { ...broadcast, ...journey, ...job, ...segments, ...upkeep },
      maxConcurrentActivityTaskExecutions: CONDUCT_SLOTS,
    }),
    Worker.create({
      ...shared,
      taskQueue: queues.send,
      activities: { ...sender, ...caller },
      maxConcurrentActivityTaskExecutions: SEND_SLOTS,
    }),
  ]);
  const runs = workers.map((worker) => worker.run());
  const stopped = Promise.all(runs).then(() => {});
  return {
    stopped,
    polls: () => workers.every(doesPoll),
    async stop() {
      for (const worker of workers) if (worker.getState() === "RUNNING") worker.shutdown();
      await Promise.allSettled(runs);
    },
  };
}

function doesPoll(worker: Worker): boolean {
  const { runState, workflowPollerState, activityPollerState } = worker.getStatus();
  return runState === "RUNNING" && workflowPollerState === "POLLING" && activityPollerState === "POLLING";
}
