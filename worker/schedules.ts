import { type Client, ScheduleAlreadyRunning, type ScheduleSpec } from "@temporalio/client";
import { CONDUCT_QUEUE } from "@/core/plan/conductor";
import { CHORES } from "@/core/plan/upkeep";

/**
 * Each quarter of an hour by the clock: wherever one lives the day begins at one, and points past their last day are written off then, before rules
 * read them.
 */
const EVERY_MS = 15 * 60_000;
const spec: ScheduleSpec = { intervals: [{ every: EVERY_MS }] };
const action = {
  type: "startWorkflow",
  workflowType: "upkeep",
  taskQueue: CONDUCT_QUEUE,
  workflowId: "upkeep",
  args: [CHORES],
} as const;

/** Temporal may have lost everything, so workers say again and again what is to happen by the clock. */
export async function ensureSchedules(client: Client): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: "upkeep",
      spec,
      action: { ...action, args: [...action.args] },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const known = client.schedule.getHandle("upkeep");
    const is = await known.describe();
    // It may be an earlier version's.
    if (is.spec.intervals?.[0]?.every !== EVERY_MS || JSON.stringify(is.action.args) !== JSON.stringify(action.args))
      await known.update((was) => ({ ...was, spec, action: { ...was.action, args: [...action.args] } }));
  }
}
