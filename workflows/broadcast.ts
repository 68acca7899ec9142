import { proxyActivities } from "@temporalio/workflow";
import type * as activities from "../activities/broadcast";
import type { BroadcastArguments } from "../core/plan/conductor";
import { conducting, LASTING } from "./conducting";

const { page } = proxyActivities<typeof activities>(LASTING);

/** One broadcast: `broadcast/<id>`. How far it has come is in the ledger; this waits for its instant and keeps it going. */
export async function broadcast(args: BroadcastArguments): Promise<void> {
  await conducting(args, () => page(args));
}
