import { proxyActivities } from "@temporalio/workflow";
import type * as activities from "../activities/caller";
import type { CallerArguments } from "../core/plan/conductor";
import { conducting, LASTING } from "./conducting";

const { callOut } = proxyActivities<typeof activities>(LASTING);

/** A workspace's outgoing webhooks: `caller/<workspace>`. The queue is in the ledger; this is its clock. */
export async function caller(args: CallerArguments): Promise<void> {
  await conducting(args, () => callOut(args));
}
