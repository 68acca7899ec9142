import { setTimeout as pause } from "node:timers/promises";
import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  ScheduleNotFoundError,
  type ScheduleSpec,
} from "@temporalio/client";
import { CONDUCT_QUEUE } from "@/core/plan/conductor";
import { CHORES } from "@/core/plan/upkeep";
import { log } from "@/platform/log";
import { ringJourneys } from "@/services/rings/ring-journeys";

/**
 * Each quarter of an hour by the clock: wherever one lives the day begins at one, and points past their last day are written off then, before rules
 * read them.
 */
const EVERY_MS = 15 * 60_000;
/** How often it is looked whether Temporal still knows. */
const LOOK_MS = 60_000;
/** Who was awake when Temporal lost its data sleeps by then. */
const AWAKE_MS = 60_000;
const spec: ScheduleSpec = { intervals: [{ every: EVERY_MS }] };
const action = {
  type: "startWorkflow",
  workflowType: "upkeep",
  taskQueue: CONDUCT_QUEUE,
  workflowId: "upkeep",
  args: [CHORES],
} as const;

/**
 * Temporal may have lost everything, so workers say again and again what is to happen by the clock. Where it has, `restore` is called first, so
 * that it is called again should this worker die meanwhile; returns whether it was.
 */
export async function ensureSchedules(client: Client, restore: () => Promise<void>): Promise<boolean> {
  const handle = client.schedule.getHandle("upkeep");
  let is: ScheduleDescription;
  try {
    is = await handle.describe();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    await restore();
    await client.schedule
      .create({ scheduleId: "upkeep", spec, action: { ...action, args: [...action.args] } })
      .catch((error: unknown) => {
        // Another worker was as quick.
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      });
    return true;
  }
  // It may be an earlier version's.
  if (is.spec.intervals?.[0]?.every !== EVERY_MS || JSON.stringify(is.action.args) !== JSON.stringify(action.args))
    await handle.update((was) => ({ ...was, spec, action: { ...was.action, args: [...action.args] } }));
  return false;
}

/** Keeps Temporal's schedules, and has its list of journeys filled anew where it lost everything. Returns how to stop. */
export function keepSchedules(temporal: { readonly client: Client }): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;
  const rest = (ms: number): Promise<void> => pause(ms, undefined, { signal });
  const restore = (): Promise<void> => ringJourneys(rest);
  void (async () => {
    while (!signal.aborted) {
      try {
        if (await ensureSchedules(temporal.client, restore)) {
          // Who was awake meanwhile goes to sleep in the ledger, and has no workflow either.
          await rest(AWAKE_MS);
          await restore();
        }
      } catch (error) {
        if (!signal.aborted) log("worker").warn({ err: error }, "the schedules could not be set; it is tried again");
      }
      await rest(LOOK_MS).catch(() => {});
    }
  })();
  return () => stopping.abort();
}
