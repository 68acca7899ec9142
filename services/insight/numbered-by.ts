import type { OfferNames } from "@/core/loyalty/offer-name";
import { isUuid } from "@/core/uuid";
import { sql, type Tx } from "@/platform/db";
import type { Actor } from "../access/actor";
import { can } from "../access/may";
import type { LETTER_STATES } from "../debugger/letters";
import { CALLED } from "../members/called";

type Named = { id: string; name: string; state: string | null };
export type Numbered = {
  orders: { event: string | null; member: string; name: string }[];
  coupons: {
    member: string;
    memberName: string | null;
    code: string;
    name: string;
    names: OfferNames;
    state: string;
  }[];
  messages: Named[];
  events: Named[];
  letters: { id: string; name: string; number: string | null; state: (typeof LETTER_STATES)[number] }[];
};

const MOST = 6;

/** Orders, coupons, messages, events and rejected events by their whole number, each by an index of it: member_order_number, coupon's code, message's key and message_ref, event's key and event_key, dead_letter_order and dead_letter_message. */
export async function numberedBy(tx: Tx, actor: Actor, typed: string): Promise<Numbered> {
  const { workspace } = actor;
  const id = isUuid(typed) ? typed : null;
  const [orders, coupons, messages, events, letters] = await Promise.all([
    tx.rows<Numbered["orders"][number]>(sql`
      SELECT o.event_id AS event, o.member_id AS member, concat_ws(' · ', o.order_id, m.name) AS name FROM member_order o
      JOIN member m ON m.workspace_id = o.workspace_id AND m.id = o.member_id
      WHERE o.order_id = ${typed} AND o.workspace_id = ${workspace} AND ${can(actor, "event.read")} ORDER BY o.event_id DESC NULLS LAST LIMIT ${MOST}`),
    tx.rows<Numbered["coupons"][number]>(sql`
      SELECT c.member_id AS member, ${CALLED} AS "memberName", c.code, f.name, f.names, c.state FROM coupon c
      JOIN offer f ON f.workspace_id = c.workspace_id AND f.id = c.offer_id
      JOIN member m ON m.workspace_id = c.workspace_id AND m.id = c.member_id
      WHERE c.code IN (${typed}, upper(${typed}::text)) AND c.workspace_id = ${workspace} AND ${can(actor, "coupon.read")}`),
    tx.rows<Named>(sql`
      SELECT g.id, concat_ws(' · ', m.name, j.name) AS name, g.channel || '.' || g.state AS state FROM (
        SELECT * FROM message WHERE workspace_id = ${workspace} AND id = ${id}::uuid
        UNION SELECT * FROM message WHERE workspace_id = ${workspace} AND ref = ${typed}) AS g
      JOIN member m ON m.workspace_id = g.workspace_id AND m.id = g.member_id
      LEFT JOIN journey j ON j.workspace_id = g.workspace_id AND j.id = g.journey_id
      WHERE ${can(actor, "message.read")} LIMIT ${MOST}`),
    tx.rows<Named>(sql`
      SELECT e.id, e.name, m.name AS state FROM event e JOIN member m ON m.workspace_id = e.workspace_id AND m.id = e.member_id
      WHERE e.workspace_id = ${workspace} AND ${can(actor, "event.read")} AND e.id = ANY(ARRAY(
        SELECT k.event_id FROM event_key k WHERE k.workspace_id = ${workspace} AND k.message_id = ${typed}) || ${id}::uuid)`),
    tx.rows<Numbered["letters"][number]>(sql`
      SELECT d.id, coalesce(d.name, '') AS name, coalesce(d.order_number, d.message_id) AS number,
        CASE WHEN d.replayed_at IS NOT NULL THEN 'closed' WHEN d.set_aside_at IS NOT NULL THEN 'set_aside' ELSE 'open' END AS state
      FROM (
        SELECT * FROM dead_letter WHERE workspace_id = ${workspace} AND id = ${id}::uuid
        UNION SELECT * FROM dead_letter WHERE workspace_id = ${workspace} AND order_number = ${typed}
        UNION SELECT * FROM dead_letter WHERE workspace_id = ${workspace} AND message_id = ${typed}) AS d
      WHERE ${can(actor, "event.read")} ORDER BY d.at DESC LIMIT ${MOST}`),
  ]);
  return { orders, coupons, messages, events, letters };
}
