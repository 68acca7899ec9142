import type { MessageId } from "@/core/ids";
import { later } from "@/core/time/duration";
import { newId } from "@/platform/ids";
import { queueMessages } from "../../messages/queue";
import type { Apply } from "./apply";

/** Writes the message's row; the channel's sender claims, gates, renders and hands it over. Refusals come then, as outcomes of the message. */
export const sendMessage: Apply<"sendMessage"> = async (tx, { workspace, now, zone }, grants) => {
  const ids = grants.map(() => newId<MessageId>(now.getTime()));
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
      expiresAt: new Date(later(now.getTime(), effect.expiresAfter, zone)),
    })),
    now,
  );
  return ids.map((message) => ({ ok: true, message }));
};
