import { continueAsNew, proxyActivities } from "@temporalio/workflow";
import type * as activities from "../activities/job";
import type { JobArguments } from "../core/plan/conductor";
import { conducting } from "./conducting";

const { work } = proxyActivities<typeof activities>({
  startToCloseTimeout: "10 minutes",
  heartbeatTimeout: "3 seconds",
  retry: { initialInterval: "200 milliseconds", maximumInterval: "5 seconds" },
});

/** One background job: `job/<id>`. How far it has come is in the ledger; this keeps it going. */
export async function job(args: JobArguments): Promise<void> {
  if ((await conducting(() => work(args))) === "renew") await continueAsNew<typeof job>(args);
}
