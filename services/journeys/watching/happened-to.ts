import { fromCursor, page } from "@/core/cursor";
import type { JourneyId, MemberId, PlanId, WorkspaceId } from "@/core/ids";
import type { Plan } from "@/core/plan/plan";
import type { EventFacts } from "@/core/rules/facts";
import { isUuid } from "@/core/uuid";
import { sql, type Tx } from "@/platform/db";
import { asSeen, EVENT_FACTS, type EventRow, factsOfRow } from "./as-seen";
import type { Fates, RunRow } from "./considered";
import { heardOnTheWay } from "./passed-by";
import type { Outcome } from "./why-not-words";

export type Of = { workspace: WorkspaceId; member: MemberId; journey: JourneyId; since: Date };
/** `refused`: the event whose conditions did not hold, which has no row. */
type Away = { at: Date; reason: Outcome; event: string; name: string; refused: EventFacts | null };

/**
 * A page of what happened to a member that matters to a journey. `begun`: the runs that these events began, and those that were on their way
 * meanwhile; `isIn`: whether an instant that no event row tells of belongs to this page.
 */
export type Happened = {
  events: EventFacts[];
  next: string | null;
  begun: RunRow[];
  away: Away[];
  fates: Fates;
  isIn: (one: { at: Date }) => boolean;
};

/** More runs than a member has on the way while a page of events passes; the newest are told. */
const MOST_RUNS = 200;
const MOST_AWAY = 200;

/** Newest first, by when they happened, each as rules saw it. `event`: that one alone, whatever it is. */
export async function happenedTo(
  tx: Tx,
  of: Of,
  plans: ReadonlyMap<PlanId, Plan>,
  asked: { event: string | undefined; cursor: string | undefined; limit: number },
): Promise<Happened> {
  const { workspace, member, journey, since } = of;
  const upper = placeOf(asked.cursor);
  const { items: events, next } = await eventsOf(tx, of, plans, asked, upper);
  const first = events.at(-1);
  const from = next === null || !first ? since : new Date(first.occurredAt);
  const till = upper ? new Date(upper.at) : null;
  const isIn = ({ at }: { at: Date }): boolean => at >= from && (till === null || at < till);
  const ids = events.map(({ id }) => id);
  const accepted = events.map(({ acceptedAt }) => acceptedAt);
  const low = new Date(Math.min(from.getTime(), ...accepted));
  const high = till && new Date(Math.max(till.getTime(), ...accepted));
  // By run_member. An event is judged a while after it was accepted, so that its run may be later.
  const begun = tx.rows<RunRow>(sql`
    SELECT id, plan_id AS plan, step, entered_at AS "enteredAt", ended_at AS "endedAt", is_held AS "isHeld", entry_event ->> 'id' AS event,
      entry_event AS entry, vars, entry_why AS why
    FROM run
    WHERE workspace_id = ${workspace} AND member_id = ${member} AND journey_id = ${journey} AND (
      entry_event ->> 'id' = ANY(${ids}::text[])
      OR (entered_at <= coalesce(${high}::timestamptz + interval '1 hour', 'infinity') AND coalesce(ended_at, 'infinity') >= ${low}))
    ORDER BY entered_at DESC LIMIT ${MOST_RUNS}`);
  // By turned_away's key.
  const away = tx.rows<Away>(sql`
    SELECT at, reason, event ->> 'id' AS event, event ->> 'name' AS name, CASE WHEN reason = 'rule_false' THEN event END AS refused FROM turned_away
    WHERE workspace_id = ${workspace} AND member_id = ${member} AND journey_id = ${journey} AND at > ${since}
      AND (event ->> 'id' = ANY(${ids}::text[]) OR (at >= ${from} AND at < coalesce(${till}::timestamptz, 'infinity')))
    ORDER BY at DESC LIMIT ${MOST_AWAY}`);
  return { events, next, begun: await begun, away: await away, fates: await fatesOf(tx, of, ids), isIn };
}

type Place = { at: number; id: string };

function placeOf(cursor: string | undefined): Place | undefined {
  const [at, id] = fromCursor(cursor) ?? [];
  return typeof at === "number" && Math.abs(at) < 8e15 && typeof id === "string" && isUuid(id) ? { at, id } : undefined;
}

/** Those that begin the journey by some version, and those that it hears on the way while the member was on it. By event_member. */
async function eventsOf(
  tx: Tx,
  { workspace, member, journey, since }: Of,
  plans: ReadonlyMap<PlanId, Plan>,
  { event, limit }: { event: string | undefined; limit: number },
  upper: Place | undefined,
): Promise<{ items: EventFacts[]; next: string | null }> {
  const begins = [...new Set([...plans.values()].map(({ entry }) => entry.event))];
  const named =
    event === undefined
      ? sql`(e.name = ANY(${begins}::text[]) OR (e.name = ANY(${heardOnTheWay(plans.values())}::text[]) AND EXISTS (
          SELECT FROM run r WHERE r.member_id = e.member_id AND r.workspace_id = e.workspace_id AND r.journey_id = ${journey}
            AND least(r.entered_at, to_timestamp((r.entry_event ->> 'acceptedAt')::float8 / 1000)) <= e.accepted_at AND coalesce(r.ended_at, 'infinity') >= e.accepted_at)))`
      : sql`e.id = ${event}`;
  const rows = await tx.rows<EventRow>(sql`
    SELECT ${EVENT_FACTS} FROM event e
    WHERE e.workspace_id = ${workspace} AND e.member_id = ${member} AND e.accepted_at > ${since} AND ${named}
      AND ${upper ? sql`(e.occurred_at, e.id) < (${new Date(upper.at)}::timestamptz, ${upper.id}::uuid)` : sql`true`}
    ORDER BY e.occurred_at DESC, e.id DESC LIMIT ${limit + 1}`);
  const { items, next } = page(rows.map(factsOfRow), limit, ({ occurredAt, id }) => [occurredAt, id]);
  return { items: await asSeen(tx, { workspace, member }, items), next };
}

/** Events that are still to be judged, or could not be. */
async function fatesOf(tx: Tx, { workspace, member }: Of, ids: readonly string[]): Promise<Map<string, Outcome>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.rows<{ event: string; outcome: Outcome }>(sql`
    SELECT event ->> 'id' AS event, 'waiting' AS outcome FROM inbox
    WHERE workspace_id = ${workspace} AND member_id = ${member} AND event ->> 'id' = ANY(${[...ids]}::text[])
    UNION ALL
    SELECT payload ->> 'id', 'buried' FROM dead_letter
    WHERE workspace_id = ${workspace} AND member_id = ${member} AND kind = 'event' AND replayed_at IS NULL AND payload ->> 'id' = ANY(${[...ids]}::text[])`);
  return new Map(rows.map(({ event, outcome }) => [event, outcome]));
}
