import { callerConductor, type WorkspaceId } from "@/core/ids";
import type { CallerArguments, Conducted } from "@/core/plan/conductor";
import { sleepOff } from "@/services/rings/conductors";
import { Caller } from "@/services/webhooks/caller";
import { hasCalls, nextCall } from "@/services/webhooks/claim";
import { conductor } from "./conductor";
import { WORKER_ID } from "./holder";

/** A workspace's outgoing webhooks, until none is due. Calls under way end before the activity does. */
export async function callOut({ workspace: id }: CallerArguments): Promise<Conducted> {
  const workspace = id as WorkspaceId;
  const own = callerConductor(workspace);
  const calling = new Caller(workspace, WORKER_ID);
  try {
    return await conductor(workspace, own, {
      turn: async () => ((await calling.turn()) ? "moved" : "idle"),
      rest: (chair) =>
        sleepOff(workspace, own, chair, (tx) => hasCalls(tx, workspace, WORKER_ID), nextCall(workspace, WORKER_ID)),
      label: async () => null,
    });
  } finally {
    await calling.drain();
  }
}
