import { proxyActivities } from "@temporalio/workflow";
import type * as activities from "../activities/upkeep";

const { forget } = proxyActivities<typeof activities>({ startToCloseTimeout: "10 minutes", retry: { maximumAttempts: 3 } });

/** Runs hourly by a Schedule: forgets what is past its keeping time, a bounded share at a time. */
export async function upkeep(): Promise<void> {
  while ((await forget()) > 0);
}
