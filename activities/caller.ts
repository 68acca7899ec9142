import { Context } from "@temporalio/activity";
import { callerConductor, type WorkspaceId } from "@/core/ids";
import type { CallerArguments, Conducted } from "@/core/plan/conductor";
import { sleepOff } from "@/services/rings/conductors";
import { Caller } from "@/services/webhooks/caller";
import { hasCalls, nextCall } from "@/services/webhooks/claim";
import { conductor } from "./conductor";
import { graceMs } from "./grace";
import { WORKER_ID } from "./holder";

/** A workspace's outgoing webhooks, until none is due. Calls under way end before the activity does, and are cut where the worker stops. */
export async function callOut({ workspace: id }: CallerArguments): Promise<Conducted> {
  const workspace = id as WorkspaceId;
  const own = callerConductor(workspace);
  const calling = new Caller(workspace, WORKER_ID);
  return conductor(workspace, own, {
    turn: async () => ((await calling.turn(Context.current().cancellationSignal)) ? "moved" : "idle"),
    rest: (chair) =>
      sleepOff(workspace, own, chair, (tx) => hasCalls(tx, workspace, WORKER_ID), nextCall(workspace, WORKER_ID)),
    label: async () => null,
    drain: () => calling.drain(graceMs()),
  });
}
