import { hostOf } from "@/core/journey/parts/webhook";
import { later } from "@/core/time/duration";
import { zoneOfMember } from "@/core/time/zone-of";
import { newId } from "@/platform/ids";
import { queueCalls } from "../../webhooks/queue";
import type { Apply } from "./apply";

/** Writes the call's row; the workspace's caller fills it in, signs it and makes it. It expires with the run's wait for it. */
export const callWebhook: Apply<"callWebhook"> = async (tx, { workspace, now, zone, members }, grants) => {
  const calls = grants.map(({ run, plan, step, lap, index, effect }) => ({
    id: newId(now.getTime()),
    member: run.member,
    journey: run.journey,
    run: run.id,
    plan: plan.id,
    step,
    lap,
    effect: index,
    host: hostOf(effect.url),
    variables: run.vars,
    expiresAt: new Date(later(now.getTime(), effect.within, zoneOfMember(zone, members.get(run.member)))),
  }));
  await queueCalls(tx, workspace, calls, now);
  return calls.map(({ id }) => ({ ok: true, call: id }));
};
