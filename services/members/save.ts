import type { WorkspaceId } from "@/core/ids";
import type { MemberChange } from "@/core/members/loaded-member";
import { json, sql, type Tx } from "@/platform/db";
import { addFacts } from "./add-facts";
import { saveOrders } from "./orders";

/** Writes what projection folded: the members' whole folded rows, the sums of their daily facts, what is known of their orders. The members are locked already. */
export function saveProjection(tx: Tx, workspace: WorkspaceId, changes: readonly MemberChange[], now: Date): void {
  if (changes.length === 0) return;
  const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const rows = changes.map(({ member: m }) => ({
    id: m.id,
    name: m.name,
    phone: m.phone,
    email: m.email,
    locale: m.locale,
    time_zone: m.timeZone,
    birthday: m.birthday,
    gender: m.gender,
    tier: m.tier,
    joined_at: instant(m.joinedAt),
    orders: m.orders,
    spent: m.spent,
    first_order_at: instant(m.firstOrderAt),
    last_order_at: instant(m.lastOrderAt),
    visits: m.visits,
    last_visit_at: instant(m.lastVisitAt),
    last_seen_at: instant(m.lastSeenAt),
    attributes: m.attributes,
    attribute_times: m.attributeTimes,
  }));
  tx.push(sql`
    UPDATE member m SET
      name = c.name, phone = c.phone, email = c.email, locale = c.locale, time_zone = c.time_zone, birthday = c.birthday, gender = c.gender, tier = c.tier,
      joined_at = c.joined_at, orders = c.orders, spent = c.spent, first_order_at = c.first_order_at, last_order_at = c.last_order_at,
      visits = c.visits, last_visit_at = c.last_visit_at, last_seen_at = c.last_seen_at,
      attributes = c.attributes, attribute_times = c.attribute_times, updated_at = ${now}
    FROM jsonb_to_recordset(${json(rows)}::jsonb) AS c(
      id uuid, name text, phone text, email text, locale text, time_zone text, birthday date, gender text, tier text,
      joined_at timestamptz, orders int, spent bigint, first_order_at timestamptz, last_order_at timestamptz,
      visits int, last_visit_at timestamptz, last_seen_at timestamptz, attributes jsonb, attribute_times jsonb)
    WHERE m.workspace_id = ${workspace} AND m.id = c.id`);
  addFacts(
    tx,
    workspace,
    changes.flatMap(({ member, facts }) => facts.map((fact) => ({ member: member.id, ...fact }))),
  );
  saveOrders(
    tx,
    workspace,
    changes.flatMap(({ member, orders }) => orders.map((order) => ({ member: member.id, order }))),
  );
}
