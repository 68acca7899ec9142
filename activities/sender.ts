import { Context } from "@temporalio/activity";
import { senderConductor, type WorkspaceId } from "@/core/ids";
import { CHANNELS } from "@/core/message/channel";
import type { Conducted, SenderArguments } from "@/core/plan/conductor";
import { hasQueued, nextLook } from "@/services/messages/gate/queue-looks";
import { accountsOf } from "@/services/messages/pumping/account";
import { Pump } from "@/services/messages/pumping/pump";
import { sleepOff } from "@/services/rings/conductors";
import { isDemo } from "@/services/workspaces/is-demo";
import { conductor } from "./conductor";
import { WORKER_ID } from "./holder";

/** Of the 8 s that a stopping worker has, so much for calls to end by themselves; the rest is for writing what became of them. */
const GRACE_MS = 4000;

/** One channel's queue of one workspace, until it is empty. Calls under way end before the activity does. */
export async function pump({ workspace: id, channel: name }: SenderArguments): Promise<Conducted> {
  const workspace = id as WorkspaceId;
  const channel = CHANNELS.find((known) => known === name);
  if (!channel) return { is: "over", label: null };
  const own = senderConductor(workspace, channel);
  const accounts = accountsOf(channel, { isDemo: await isDemo(workspace) });
  const names = accounts.map(({ name }) => name);
  const pumping = new Pump(workspace, channel, WORKER_ID, accounts);
  try {
    return await conductor(workspace, own, {
      turn: async () => ((await pumping.turn()) ? "moved" : "idle"),
      rest: (chair) =>
        sleepOff(
          workspace,
          own,
          chair,
          (tx) => hasQueued(tx, workspace, channel, names),
          nextLook(workspace, channel, accounts),
        ),
      label: async () => null,
    });
  } finally {
    await pumping.drain(Context.current().cancellationDetails?.workerShutdown ? GRACE_MS : undefined);
  }
}
