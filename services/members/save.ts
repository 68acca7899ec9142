import type { WorkspaceId } from "@/core/ids";
import type { LoadedMember, MemberChange } from "@/core/members/loaded-member";
import { json, sql, type Tx } from "@/platform/db";
import { addFacts } from "./add-facts";
import { saveOrders } from "./orders";

/** Writes what projection folded: the members' rows, the sums of their daily facts, what is known of their orders. The members are locked already. */
export function saveProjection(tx: Tx, workspace: WorkspaceId, changes: readonly MemberChange[], now: Date): void {
  if (changes.length === 0) return;
  const members = changes.map(({ member }) => member);
  saveDeeds(tx, workspace, members, now);
  saveWords(
    tx,
    workspace,
    changes.filter(isTold).map(({ member }) => member),
  );
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

/** Most events tell what members did, few say who they are. */
const isTold = ({ before, member }: MemberChange): boolean =>
  !before || before.attributeTimes !== member.attributeTimes || before.joinedAt !== member.joinedAt;

const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString());

function saveDeeds(tx: Tx, workspace: WorkspaceId, members: readonly LoadedMember[], now: Date): void {
  const instants = (name: "firstOrderAt" | "lastOrderAt" | "lastVisitAt" | "lastSeenAt") =>
    members.map((m) => instant(m[name]));
  const ids = members.map((m) => m.id);
  // The ids twice: a plan kept from when the table was empty would join by walking the workspace's members.
  tx.push(sql`
    UPDATE member m SET orders = c.orders, spent = c.spent, visits = c.visits, first_order_at = c.first_order_at, last_order_at = c.last_order_at,
      last_visit_at = c.last_visit_at, last_seen_at = c.last_seen_at, updated_at = ${now}
    FROM unnest(${ids}::uuid[], ${members.map((m) => m.orders)}::int[], ${members.map((m) => m.spent)}::bigint[], ${members.map((m) => m.visits)}::int[],
      ${instants("firstOrderAt")}::timestamptz[], ${instants("lastOrderAt")}::timestamptz[], ${instants("lastVisitAt")}::timestamptz[], ${instants("lastSeenAt")}::timestamptz[])
      AS c(id, orders, spent, visits, first_order_at, last_order_at, last_visit_at, last_seen_at)
    WHERE m.workspace_id = ${workspace} AND m.id = ANY(${ids}::uuid[]) AND m.id = c.id`);
}

function saveWords(tx: Tx, workspace: WorkspaceId, members: readonly LoadedMember[]): void {
  if (members.length === 0) return;
  const rows = members.map((m) => ({
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
    attributes: m.attributes,
    attribute_times: m.attributeTimes,
  }));
  tx.push(sql`
    UPDATE member m SET
      name = c.name, phone = c.phone, email = c.email, locale = c.locale, time_zone = c.time_zone, birthday = c.birthday, gender = c.gender, tier = c.tier,
      joined_at = c.joined_at, attributes = c.attributes, attribute_times = c.attribute_times
    FROM jsonb_to_recordset(${json(rows)}::jsonb) AS c(
      id uuid, name text, phone text, email text, locale text, time_zone text, birthday date, gender text, tier text,
      joined_at timestamptz, attributes jsonb, attribute_times jsonb)
    WHERE m.workspace_id = ${workspace} AND m.id = ANY(${members.map((m) => m.id)}::uuid[]) AND m.id = c.id`);
}
