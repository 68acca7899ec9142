import type { InboxEvent } from "@/core/events/inbox-event";
import type { EventId, JourneyId, WorkspaceId } from "@/core/ids";
import { DEEPEST, depthAfter, JOURNEY_START, JOURNEY_STOP } from "@/core/plan/control";
import { throughAfter } from "@/core/policy/reached-by";
import { sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { enqueue } from "../../events/enqueue";
import { turnAway } from "../entering/turn-away";
import type { Run } from "../run";
import type { Applied, Apply, Grant } from "./apply";

/**
 * The other journey begins with what began this one, and knows which that was. It enters by its own rules, when the event is dispatched. One that
 * is stopped hears nothing: that the member was sent to it is remembered there.
 */
export const startJourney: Apply<"startJourney"> = async (tx, { workspace, now }, grants) => {
  const open = grants.map(({ run }) => depthAfter(run) <= DEEPEST);
  await rememberStopped(
    tx,
    workspace,
    grants.filter((_, i) => open[i]),
    now,
  );
  await enqueue(
    tx,
    workspace,
    grants
      .filter((_, i) => open[i])
      .map(({ run, plan, effect }) => ({
        member: run.member,
        event: {
          ...control(JOURNEY_START, run, now, { ...run.entry.properties, journey_id: effect.journey }),
          ...throughAfter(plan, run.entry),
        },
      })),
  );
  return open.map((isOpen): Applied => (isOpen ? { ok: true } : { ok: false, reason: "too_deep" }));
};

async function rememberStopped(
  tx: Tx,
  workspace: WorkspaceId,
  grants: readonly Grant<"startJourney">[],
  now: Date,
): Promise<void> {
  const asked = [...new Set(grants.map(({ effect }) => effect.journey))];
  const stopped = await tx.rows<{ id: JourneyId }>(
    sql`SELECT id FROM journey WHERE workspace_id = ${workspace} AND id = ANY(${asked}::uuid[]) AND state = 'stopped'`,
  );
  for (const { id } of stopped) {
    const away = grants
      .filter(({ effect }) => effect.journey === id)
      .map(({ run }) => ({
        member: run.member,
        key: "",
        event: control(JOURNEY_START, run, now, { journey_id: id }),
        reason: "stopped" as const,
      }));
    turnAway(tx, workspace, id, away, now);
  }
}

/** Runs of the other journey are the dispatcher's to end: an effect touches no other run. So its inbox row is written, whoever listens. */
export const stopJourney: Apply<"stopJourney"> = async (tx, { workspace, now }, grants) => {
  await enqueue(
    tx,
    workspace,
    grants.map(({ run, effect }) => ({
      member: run.member,
      event: control(JOURNEY_STOP, run, now, { journey_id: effect.journey }),
    })),
    new Set([JOURNEY_STOP]),
  );
  return grants.map(() => ({ ok: true }));
};

function control(name: string, run: Run, now: Date, properties: Record<string, unknown>): InboxEvent {
  const id = newId<EventId>(now.getTime());
  return {
    id,
    name,
    type: "system",
    messageId: id,
    properties: { ...properties, from_journey: run.journey, from_run: run.id },
    occurredAt: now.getTime(),
    acceptedAt: now.getTime(),
    isHistorical: false,
    isTrusted: true,
    depth: depthAfter(run),
  };
}
