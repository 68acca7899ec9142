import { senderConductor, type WorkspaceId } from "@/core/ids";
import { CHANNELS } from "@/core/message/channel";
import type { Conducted, SenderArguments } from "@/core/plan/conductor";
import { hasQueued, nextLook } from "@/services/messages/gate/queue-looks";
import { accountsOf } from "@/services/messages/pumping/account";
import { Pump } from "@/services/messages/pumping/pump";
import { sleepOff } from "@/services/rings/conductors";
import { isDemo } from "@/services/workspaces/is-demo";
import { conductor } from "./conductor";
import { graceMs } from "./grace";
import { WORKER_ID } from "./holder";

/** One channel's queue of one workspace, until it is empty. Calls under way end before the activity does. */
export async function pump({ workspace: id, channel: name }: SenderArguments): Promise<Conducted> {
  const workspace = id as WorkspaceId;
  const channel = CHANNELS.find((known) => known === name);
  if (!channel) return { is: "over", label: null };
  const own = senderConductor(workspace, channel);
  const accounts = accountsOf(channel, { isDemo: await isDemo(workspace) });
  const names = accounts.map(({ name }) => name);
  const pumping = new Pump(workspace, channel, WORKER_ID, accounts);
  return conductor(workspace, own, {
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
    drain: () => pumping.drain(graceMs()),
  });
}
