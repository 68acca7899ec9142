import type { MemberId, WorkspaceId } from "@/core/ids";
import { orderNamed } from "@/core/members/order-book";
import { seenEvents } from "@/core/members/seen-event";
import type { EventFacts } from "@/core/rules/facts";
import { sql, type Tx } from "@/platform/db";

export type EventRow = Omit<EventFacts, "occurredAt" | "acceptedAt"> & { occurredAt: Date; acceptedAt: Date };

/** An event's own columns, of `event` as e. */
export const EVENT_FACTS = sql`e.id, e.name, e.properties, e.occurred_at AS "occurredAt", e.accepted_at AS "acceptedAt", e.is_historical AS "isHistorical"`;

export const factsOfRow = (row: EventRow): EventFacts => ({
  ...row,
  occurredAt: row.occurredAt.getTime(),
  acceptedAt: row.acceptedAt.getTime(),
});

/**
 * Kept events as rules saw them when they were judged: their rows hold what was sent, and what a refund or a second telling of an order was taken for
 * hangs on what had been told of that order by then. So its events are told over again, as dispatch did. By event_member; costs nothing where none
 * names an order.
 */
export async function asSeen(
  tx: Tx,
  { workspace, member }: { workspace: WorkspaceId; member: MemberId },
  events: readonly EventFacts[],
): Promise<EventFacts[]> {
  const orders = events.flatMap((event) => (orderNamed(event) ? [String(event.properties.order_id).trim()] : []));
  if (orders.length === 0) return [...events];
  const told = await tx.rows<EventRow>(sql`
    SELECT ${EVENT_FACTS} FROM event e
    WHERE e.workspace_id = ${workspace} AND e.member_id = ${member} AND e.name IN ('order_paid', 'order_refunded')
      AND btrim(e.properties ->> 'order_id', E' \\t\\r\\n') = ANY(${[...new Set(orders)]}::text[])
    ORDER BY e.accepted_at, e.id`);
  const seen = seenEvents(told.map(factsOfRow));
  return events.map((event) => seen.get(event.id) ?? event);
}
