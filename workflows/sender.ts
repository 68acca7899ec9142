import { proxyActivities } from "@temporalio/workflow";
import type * as activities from "../activities/sender";
import type { SenderArguments } from "../core/plan/conductor";
import { conducting, LASTING } from "./conducting";

const { pump } = proxyActivities<typeof activities>(LASTING);

/** One channel's sender of a workspace: `sender/<workspace>/<channel>`. The queue is in the ledger; this is its clock. */
export async function sender(args: SenderArguments): Promise<void> {
  await conducting(args, () => pump(args));
}
