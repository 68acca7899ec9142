import type { MemberId, WorkspaceId } from "@/core/ids";
import type { FactDelta } from "@/core/members/loaded-member";
import { sql, type Tx } from "@/platform/db";

/** Adds to members' daily facts. Sums commute, so no member needs to be locked; rows are touched in the order of their key. */
export function addFacts(tx: Tx, workspace: WorkspaceId, deltas: readonly ({ member: MemberId } & FactDelta)[]): void {
  // One line per key: ON CONFLICT refuses to touch a row twice in a statement.
  const sums = new Map<string, { member: MemberId } & FactDelta>();
  for (const delta of deltas) {
    const key = `${delta.member} ${delta.name} ${delta.day}`;
    const sum = sums.get(key);
    if (sum) {
      sum.count += delta.count;
      sum.amount += delta.amount;
    } else sums.set(key, { ...delta });
  }
  if (sums.size === 0) return;
  const lines = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
  tx.push(sql`
    INSERT INTO fact (workspace_id, member_id, name, day, count, amount)
    SELECT ${workspace}, f.* FROM unnest(${lines.map((l) => l.member)}::uuid[], ${lines.map((l) => l.name)}::text[], ${lines.map((l) => l.day)}::date[],
      ${lines.map((l) => l.count)}::int[], ${lines.map((l) => l.amount)}::bigint[]) AS f
    ON CONFLICT (workspace_id, member_id, name, day) DO UPDATE SET count = fact.count + excluded.count, amount = greatest(-9007199254740991, least(9007199254740991, fact.amount + excluded.amount))`);
}
