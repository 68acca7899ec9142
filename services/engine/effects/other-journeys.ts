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
 * is stopped or archived hears nothing: the run's own step says so (`not_live`), and a stopped one remembers that the member was sent to it.
 */
export const startJourney: Apply<"startJourney"> = async (tx, { workspace, now }, grants) => {
  const closed = await closedOf(tx, workspace, grants);
  const all = grants.map((grant): { grant: typeof grant; applied: Applied } => {
    if (depthAfter(grant.run) > DEEPEST) return { grant, applied: { ok: false, reason: "too_deep" } };
    return { grant, applied: closed.has(grant.effect.journey) ? { ok: false, reason: "not_live" } : { ok: true } };
  });
  rememberStopped(
    tx,
    workspace,
    all.flatMap(({ grant, applied }) => (!applied.ok && applied.reason === "not_live" ? [grant] : [])),
    closed,
    now,
  );
  await enqueue(
    tx,
    workspace,
    all
      .filter(({ applied }) => applied.ok)
      .map(({ grant: { run, plan, effect } }) => ({
        member: run.member,
        event: {
          ...control(JOURNEY_START, run, now, { ...run.entry.properties, journey_id: effect.journey }),
          ...throughAfter(plan, run.entry),
        },
      })),
  );
  return all.map(({ applied }) => applied);
};

/** Of the journeys to begin, those that nobody enters any more, by id with what they are. */
async function closedOf(
  tx: Tx,
  workspace: WorkspaceId,
  grants: readonly Grant<"startJourney">[],
): Promise<ReadonlyMap<string, "stopped" | "archived">> {
  const asked = [...new Set(grants.map(({ effect }) => effect.journey))];
  const rows = await tx.rows<{ id: string; state: "stopped" | "archived" }>(
    sql`SELECT id, state FROM journey WHERE workspace_id = ${workspace} AND id = ANY(${asked}::uuid[]) AND state IN ('stopped', 'archived')`,
  );
  return new Map(rows.map(({ id, state }) => [id, state]));
}

function rememberStopped(
  tx: Tx,
  workspace: WorkspaceId,
  grants: readonly Grant<"startJourney">[],
  closed: ReadonlyMap<string, "stopped" | "archived">,
  now: Date,
): void {
  for (const [id, state] of closed) {
    if (state !== "stopped") continue;
    const away = grants
      .filter(({ effect }) => effect.journey === id)
      .map(({ run }) => ({
        member: run.member,
        key: "",
        event: control(JOURNEY_START, run, now, { journey_id: id }),
        reason: "stopped" as const,
      }));
    turnAway(tx, workspace, id as JourneyId, away, now);
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
