import { randomUUID } from "node:crypto";
import type { WorkspaceId } from "@/core/ids";
import { PushSubscription } from "@/core/message/channels/push";
import { hasDevices, withoutDevice } from "@/services/demo/cast";
import type { Said } from "@/services/demo/shopper";
import type { Door } from "./door";

const FIRST = 500;
const AT_ONCE = 100;

/** Gives some members a browser of the push sandbox, once: told by the public API as a page of ours would. */
export async function giveDevices(sandbox: string, door: Door, workspace: WorkspaceId): Promise<void> {
  if (await hasDevices(workspace)) return;
  const users = await withoutDevice(workspace, FIRST);
  for (let from = 0; from < users.length; from += AT_ONCE) {
    const some = users.slice(from, from + AT_ONCE);
    const devices = await newDevices(sandbox, some.length);
    await door.tell(some.flatMap((userId, i) => (devices[i] ? [device(userId, devices[i])] : [])));
  }
}

/** One member's new browser. */
export const device = (userId: string, subscription: PushSubscription): Said => ({
  type: "identify",
  userId,
  messageId: randomUUID(),
  traits: { push_subscription: subscription },
});

export async function newDevices(sandbox: string, count: number): Promise<PushSubscription[]> {
  const answer = await fetch(`${sandbox}/sandbox/subscriptions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ count }),
    signal: AbortSignal.timeout(30_000),
  });
  if (!answer.ok) throw new Error(`the push sandbox answered ${answer.status}`);
  const { subscriptions }: { subscriptions?: unknown } = JSON.parse(await answer.text());
  return PushSubscription.array().parse(subscriptions);
}
