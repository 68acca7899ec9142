import { proxyActivities } from "@temporalio/workflow";
import type * as activities from "../activities/upkeep";

const { upkeepShare } = proxyActivities<typeof activities>({
  startToCloseTimeout: "10 minutes",
  retry: { maximumAttempts: 3 },
});

/** Runs hourly by a Schedule: writes off and forgets what is past its time, a bounded share at a time. */
export async function upkeep(): Promise<void> {
  while ((await upkeepShare()) > 0);
}
