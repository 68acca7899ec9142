import type { InboxEvent } from "@/core/events/inbox-event";
import type { MemberId, WorkspaceId } from "@/core/ids";
import type { LoadedMember } from "@/core/members/loaded-member";
import { type KnownOrder, orderNamed } from "@/core/members/order-book";
import { sql, type Tx } from "@/platform/db";

export const ORDER_COLUMNS = sql`o.member_id AS member, o.order_id AS order, o.nth, o.merchant, (extract(epoch FROM o.at) * 1000)::float8 AS at, o.event_id AS event, o.paid, o.refunded,
  o.is_undone AS "isUndone", o.counted, o.has_acted AS "hasActed"`;

/** What is known of the orders that these events name; costs nothing where none does. The members are locked already. */
export async function readOrders(
  tx: Tx,
  workspace: WorkspaceId,
  rows: readonly { member: MemberId; event: Pick<InboxEvent, "name" | "properties"> }[],
): Promise<(KnownOrder & { member: MemberId })[]> {
  const named = rows.flatMap(({ member, event }) => {
    const name = orderNamed(event);
    return name ? [{ member, order: name.order }] : [];
  });
  if (named.length === 0) return [];
  const members = named.map(({ member }) => member);
  const orders = named.map(({ order }) => order);
  // Both lists and their pairs: a plan kept from when the table was empty would read all orders of the workspace.
  return tx.rows<KnownOrder & { member: MemberId }>(sql`
    SELECT ${ORDER_COLUMNS} FROM member_order o
    WHERE o.workspace_id = ${workspace} AND o.member_id = ANY(${members}::uuid[]) AND o.order_id = ANY(${orders}::text[])
      AND (o.member_id, o.order_id) IN (SELECT * FROM unnest(${members}::uuid[], ${orders}::text[]))
    ORDER BY o.member_id, o.order_id, o.nth`);
}

/** Adds it to members that were loaded without. */
export function giveOrders(
  members: ReadonlyMap<MemberId, LoadedMember>,
  known: readonly (KnownOrder & { member: MemberId })[],
): void {
  for (const { member: id, ...order } of known) {
    const member = members.get(id);
    if (member) member.book = [...(member.book ?? []), order];
  }
}

/** Writes what is known of orders now; of several words about one the last stands. */
export function saveOrders(
  tx: Tx,
  workspace: WorkspaceId,
  changes: readonly { member: MemberId; order: KnownOrder }[],
): void {
  const last = new Map(changes.map((one) => [JSON.stringify([one.member, one.order.nth, one.order.order]), one]));
  if (last.size === 0) return;
  const all = [...last.values()];
  const column = <K extends keyof KnownOrder>(name: K) => all.map(({ order }) => order[name]);
  tx.push(sql`
    INSERT INTO member_order (workspace_id, member_id, order_id, nth, merchant, at, event_id, paid, refunded, is_undone, counted, has_acted)
    SELECT ${workspace}, o.member_id, o.order_id, o.nth, o.merchant, to_timestamp(o.at / 1000), o.event_id, o.paid, o.refunded, o.is_undone, o.counted, o.has_acted
    FROM unnest(${all.map(({ member }) => member)}::uuid[], ${column("order")}::text[], ${column("nth")}::smallint[], ${column("merchant")}::text[], ${column("at")}::float8[], ${column("event")}::uuid[],
      ${column("paid")}::bigint[], ${column("refunded")}::bigint[], ${column("isUndone")}::boolean[], ${column("counted")}::smallint[], ${column("hasActed")}::boolean[])
      AS o(member_id, order_id, nth, merchant, at, event_id, paid, refunded, is_undone, counted, has_acted)
    ON CONFLICT (workspace_id, member_id, order_id, nth) DO UPDATE
    SET merchant = excluded.merchant, at = excluded.at, event_id = excluded.event_id, paid = excluded.paid, refunded = excluded.refunded, is_undone = excluded.is_undone, counted = excluded.counted,
      has_acted = excluded.has_acted`);
}
