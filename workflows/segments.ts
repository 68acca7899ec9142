import { proxyActivities } from "@temporalio/workflow";
import type * as activities from "../activities/segments";
import type { SegmentsArguments } from "../core/plan/conductor";
import { conducting, LASTING } from "./conducting";

const { keepSegments } = proxyActivities<typeof activities>(LASTING);

/** A workspace's segments: `segments/<workspace>`. Who is in them is in the ledger; this is their clock. */
export async function segments(args: SegmentsArguments): Promise<void> {
  await conducting(args, () => keepSegments(args));
}
