import type { InboxEvent } from "@/core/events/inbox-event";
import type { EventId } from "@/core/ids";
import { readAs } from "@/core/journey/emitted";
import { DEEPEST, depthAfter } from "@/core/plan/control";
import { throughAfter } from "@/core/policy/reached-by";
import { newId } from "@/platform/ids";
import { emit } from "../../events/emit";
import { fillText } from "../../messages/content/render";
import type { Applied, Apply } from "./apply";
import { scopes } from "./scopes";

const LONGEST_PROPERTY = 2000;

/** A property whose template fails is left out: the event is what others wait for. */
export const emitEvent: Apply<"emitEvent"> = async (tx, at, grants) => {
  const scopeFor = await scopes(tx, at);
  const now = at.now.getTime();
  const made = grants.map(({ run, plan, step, lap, index, effect }) => {
    const depth = depthAfter(run);
    if (depth > DEEPEST) return undefined;
    const scope = scopeFor(run);
    const properties = effect.properties.flatMap(({ name, as, value }) => {
      const filled = fillText(value, scope, LONGEST_PROPERTY);
      const read = filled.ok ? readAs(as, filled.value) : undefined;
      return read === undefined ? [] : [[name, read] as const];
    });
    const event: InboxEvent = {
      id: newId<EventId>(now),
      name: effect.name,
      type: "system",
      messageId: `run/${run.id}/${step}/${lap}/${index}`,
      properties: Object.fromEntries(properties),
      occurredAt: now,
      acceptedAt: now,
      isHistorical: false,
      isTrusted: true,
      depth,
      ...throughAfter(plan, run.entry),
    };
    return { member: run.member, event };
  });
  await emit(
    tx,
    at.workspace,
    made.filter((one) => one !== undefined),
  );
  return made.map((one): Applied => (one ? { ok: true } : { ok: false, reason: "too_deep" }));
};
