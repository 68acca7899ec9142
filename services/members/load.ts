import type { MemberId, WorkspaceId } from "@/core/ids";
import type { LoadedMember } from "@/core/members/loaded-member";
import type { Asked } from "@/core/rules/reads";
import { sql, type Tx } from "@/platform/db";
import { readHoldings } from "./holdings";

type Row = Omit<LoadedMember, "joinedAt" | "firstOrderAt" | "lastOrderAt" | "lastVisitAt" | "lastSeenAt" | "days"> & {
  joinedAt: number;
  firstOrderAt: number | null;
  lastOrderAt: number | null;
  lastVisitAt: number | null;
  lastSeenAt: number | null;
};
type Day = { member: MemberId; name: string; day: string; count: number; amount: number };

/**
 * The members as rules and projection read them, in one round trip; `since` (a workspace-local day) asks for daily facts, `coupons` for what
 * they hold.
 * A member that does not exist is absent from the map; one that was merged away is there as it was.
 */
export async function loadMembers(
  tx: Tx,
  workspace: WorkspaceId,
  ids: readonly MemberId[],
  { since, coupons = false }: Asked = {},
): Promise<Map<MemberId, LoadedMember>> {
  const members = new Map<MemberId, LoadedMember>();
  if (ids.length === 0) return members;
  const wanted = [...new Set(ids)];
  // Instants as epoch milliseconds from the server: parsing 500 × 5 timestamps costs more than the query.
  const reading = tx.rows<Row>(sql`
    SELECT m.id, m.is_anonymous AS "isAnonymous", m.name, m.phone, m.email, m.locale, m.time_zone AS "timeZone", m.birthday, m.gender, m.tier,
      (extract(epoch FROM m.joined_at) * 1000)::float8 AS "joinedAt", m.joined_store_id AS "joinedStore",
      (SELECT s.time_zone FROM store s WHERE s.workspace_id = ${workspace} AND s.id = m.joined_store_id) AS "storeZone",
      m.orders, m.spent, m.visits,
      (extract(epoch FROM m.first_order_at) * 1000)::float8 AS "firstOrderAt", (extract(epoch FROM m.last_order_at) * 1000)::float8 AS "lastOrderAt",
      (extract(epoch FROM m.last_visit_at) * 1000)::float8 AS "lastVisitAt", (extract(epoch FROM m.last_seen_at) * 1000)::float8 AS "lastSeenAt",
      m.attributes, m.attribute_times AS "attributeTimes", COALESCE(p.balance, 0) AS points,
      ARRAY(SELECT t.tag FROM member_tag t WHERE t.workspace_id = ${workspace} AND t.member_id = m.id ORDER BY t.tag) AS tags
    FROM member m LEFT JOIN points_account p ON p.workspace_id = ${workspace} AND p.member_id = m.id
    WHERE m.workspace_id = ${workspace} AND m.id = ANY(${wanted}::uuid[])`);
  const [rows, days, held] = await Promise.all([
    reading,
    since === undefined ? [] : readDays(tx, workspace, wanted, since),
    coupons ? readHoldings(tx, workspace, wanted) : undefined,
  ]);
  for (const row of rows) members.set(row.id, { ...row, days: [], ...(held && { coupons: held.get(row.id) ?? [] }) });
  giveDays(members, days);
  return members;
}

/** Adds the daily facts since a workspace-local day to members that were loaded without. */
export async function loadDays(
  tx: Tx,
  workspace: WorkspaceId,
  members: Map<MemberId, LoadedMember>,
  since: string,
): Promise<void> {
  giveDays(members, await readDays(tx, workspace, [...members.keys()], since));
}

/** Adds what members hold to members that were loaded without. */
export async function loadCoupons(tx: Tx, workspace: WorkspaceId, members: Map<MemberId, LoadedMember>): Promise<void> {
  const held = await readHoldings(tx, workspace, [...members.keys()]);
  for (const [id, member] of members) member.coupons = held.get(id) ?? [];
}

const readDays = (tx: Tx, workspace: WorkspaceId, ids: readonly MemberId[], since: string): Promise<Day[]> =>
  tx.rows<Day>(sql`
    SELECT member_id AS member, name, day, count, amount FROM fact
    WHERE workspace_id = ${workspace} AND member_id = ANY(${ids}::uuid[]) AND day >= ${since}
    ORDER BY day DESC`);

function giveDays(members: Map<MemberId, LoadedMember>, days: readonly Day[]): void {
  for (const { member, ...day } of days) members.get(member)?.days.push(day);
}
