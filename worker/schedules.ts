import { type Client, ScheduleAlreadyRunning } from "@temporalio/client";
import { CONDUCT_QUEUE } from "@/core/plan/conductor";

/** Temporal may have lost everything, so workers say again and again what is to happen by the clock. */
export async function ensureSchedules(client: Client): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: "upkeep",
      spec: { intervals: [{ every: "1 hour" }] },
      action: { type: "startWorkflow", workflowType: "upkeep", taskQueue: CONDUCT_QUEUE, workflowId: "upkeep" },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
