import type { MessageId } from "@/core/ids";
import { leavingAt } from "@/core/policy/leaving-at";
import { later } from "@/core/time/duration";
import { zoneOfMember } from "@/core/time/zone-of";
import { newId } from "@/platform/ids";
import { readConditions } from "../../messages/gate/conditions";
import { queueMessages } from "../../messages/queue";
import type { Apply } from "./apply";

/** Writes the message's row; the channel's sender claims, gates, renders and hands it over. Refusals come then, as outcomes of the message. */
export const sendMessage: Apply<"sendMessage"> = async (tx, { workspace, now, zone, members }, grants) => {
  const ids = grants.map(() => newId<MessageId>(now.getTime()));
  const counts = grants.some(({ effect }) => effect.counts === "from_leaving");
  const quietHours = counts ? (await readConditions(tx, workspace)).settings.quietHours : null;
  // A message ends with the wait for it, which is on the member's clocks.
  const zones = grants.map(({ run }) => zoneOfMember(zone, members.get(run.member)));
  const leaves = grants.map(({ effect }, i) =>
    effect.counts === "from_leaving" ? leavingAt(effect, quietHours, now.getTime(), zones[i] ?? zone) : undefined,
  );
  queueMessages(
    tx,
    workspace,
    grants.map(({ run, plan, step, lap, index, effect }, i) => ({
      id: ids[i] as MessageId,
      member: run.member,
      channel: effect.channel,
      purpose: effect.purpose,
      category: effect.category ?? null,
      quiet: effect.quiet ?? null,
      priority: plan.priority,
      isBulk: run.isBulk,
      content: { in: "plan", plan: plan.id, journey: run.journey, run: run.id, step, lap, effect: index },
      variables: run.vars,
      expiresAt: new Date(later(leaves[i] ?? now.getTime(), effect.expiresAfter, zones[i] ?? zone)),
    })),
    now,
  );
  return ids.map((message, i) => {
    const at = leaves[i];
    return { ok: true, message, ...(at !== undefined && { leaves: at }) };
  });
};
