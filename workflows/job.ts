import { proxyActivities } from "@temporalio/workflow";
import type * as activities from "../activities/job";
import type { JobArguments } from "../core/plan/conductor";
import { conducting, LASTING } from "./conducting";

const { work } = proxyActivities<typeof activities>(LASTING);

/** One background job: `job/<id>`. How far it has come is in the ledger; this keeps it going. */
export async function job(args: JobArguments): Promise<void> {
  await conducting(args, () => work(args));
}
