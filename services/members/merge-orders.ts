import type { MemberId, WorkspaceId } from "@/core/ids";
import type { FactDelta } from "@/core/members/loaded-member";
import { joinOrders, type KnownOrder, knownOrder } from "@/core/members/order-book";
import { isInStore } from "@/core/members/project";
import { dayOf } from "@/core/time/day";
import { sql, type Tx } from "@/platform/db";
import { addFacts } from "./add-facts";
import { ORDER_COLUMNS, saveOrders } from "./orders";

type Row = KnownOrder & { member: MemberId };
type Told = { id: string; properties: Record<string, unknown>; at: number };

/** The merged one's orders are the survivor's. An order that both told of was counted twice in their sums, and is one from now on. */
export async function mergeOrders(tx: Tx, workspace: WorkspaceId, from: MemberId, into: MemberId): Promise<void> {
  const rows = await tx.rows<Row>(sql`
    SELECT ${ORDER_COLUMNS} FROM member_order o
    WHERE o.workspace_id = ${workspace} AND (o.member_id = ${from} OR (o.member_id = ${into} AND o.order_id IN (
      SELECT order_id FROM member_order WHERE workspace_id = ${workspace} AND member_id = ${from})))`);
  const moved = rows.filter(({ member }) => member === from);
  if (moved.length === 0) return;
  const book = rows.filter(({ member }) => member === into);
  const joined = moved.flatMap((other) => {
    const kept = knownOrder(book, other);
    return kept ? [{ ...joinOrders(kept, other), events: [kept.event, other.event] }] : [];
  });
  await tx.run(sql`DELETE FROM member_order WHERE workspace_id = ${workspace} AND member_id = ${from}`);
  const unmet = moved.filter((other) => !knownOrder(book, other));
  saveOrders(
    tx,
    workspace,
    [...unmet, ...joined.map(({ order }) => order)].map((order) => ({ member: into, order })),
  );
  if (joined.length === 0) return;
  const facts = await twice(tx, workspace, joined);
  await tx.run(sql`
    UPDATE member SET orders = greatest(0, orders + ${sum(joined, "orders")}), spent = spent + ${sum(joined, "spent")},
      visits = greatest(0, visits + ${facts.reduce((all, { name, count }) => all + (name === "visit" ? count : 0), 0)})
    WHERE workspace_id = ${workspace} AND id = ${into}`);
  addFacts(
    tx,
    workspace,
    facts.map((fact) => ({ member: into, ...fact })),
  );
}

type Joined = ReturnType<typeof joinOrders> & { events: (string | null)[] };

/** What the second payment of each order added to the days, taken off again. */
async function twice(tx: Tx, workspace: WorkspaceId, joined: readonly Joined[]): Promise<FactDelta[]> {
  const both = joined.filter(({ isTwice }) => isTwice);
  const told = await tx.rows<Told & { zone: string }>(sql`
    SELECT e.id, e.properties, (extract(epoch FROM e.occurred_at) * 1000)::float8 AS at, w.time_zone AS zone
    FROM event e JOIN workspace w ON w.id = e.workspace_id
    WHERE e.workspace_id = ${workspace} AND e.id = ANY(${both.flatMap(({ events }) => events)}::uuid[])`);
  return both.flatMap(({ events: [first, second], orders, spent }): FactDelta[] => {
    const counted = told.find(({ id }) => id === second);
    if (!counted) return [];
    const day = dayOf(counted.at, counted.zone);
    const amount = typeof counted.properties.amount === "number" ? counted.properties.amount : 0;
    const earlier = told.find(({ id }) => id === first);
    const isVisit = earlier !== undefined && isInStore(earlier) && isInStore(counted);
    return [
      { name: "order_paid", day, count: -1, amount: -amount },
      { name: "purchase", day, count: orders, amount: spent },
      ...(isVisit ? [{ name: "visit", day, count: -1, amount: 0 }] : []),
    ];
  });
}

const sum = (joined: readonly Joined[], what: "orders" | "spent"): number =>
  joined.reduce((all, one) => all + one[what], 0);
