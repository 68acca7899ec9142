import { setTimeout as pause } from "node:timers/promises";
import { Context } from "@temporalio/activity";
import { broadcastConductor, type WorkspaceId } from "@/core/ids";
import type { BroadcastArguments, Conducted } from "@/core/plan/conductor";
import { faultPoint } from "@/platform/fault-points";
import { broadcastTurn, hasBroadcastWork, nextBroadcast } from "@/services/engine/entering/broadcast";
import { sleepOff } from "@/services/rings/conductors";
import { conductor } from "./conductor";

/** A broadcast, page by page until its audience is through; it waits for its rate and for real-time events within the activity. */
export async function page(args: BroadcastArguments): Promise<Conducted> {
  const [workspace, broadcast] = [args.workspace as WorkspaceId, args.broadcast];
  const own = broadcastConductor(broadcast);
  const { cancellationSignal: stop } = Context.current();
  return conductor(workspace, own, {
    async turn() {
      const turn = await broadcastTurn(workspace, broadcast);
      if (turn.is === "moved") faultPoint("broadcast-turned");
      if (turn.is !== "wait") return turn.is;
      await pause(turn.ms, undefined, { signal: stop }).catch(() => {});
      return "moved";
    },
    rest: (chair) =>
      sleepOff(
        workspace,
        own,
        chair,
        (tx) => hasBroadcastWork(tx, workspace, broadcast),
        nextBroadcast(workspace, broadcast),
      ),
    label: async () => null,
  });
}
