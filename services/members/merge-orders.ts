import type { MemberId, WorkspaceId } from "@/core/ids";
import type { FactDelta } from "@/core/members/loaded-member";
import { joinOrders, type KnownOrder, knownOrder, nextOf, withOrder } from "@/core/members/order-book";
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
  const { joined, unmet } = meeting(
    rows.filter(({ member }) => member === into),
    moved,
  );
  await tx.run(sql`DELETE FROM member_order WHERE workspace_id = ${workspace} AND member_id = ${from}`);
  saveOrders(
    tx,
    workspace,
    [...unmet, ...joined.map(({ order }) => order)].map((order) => ({ member: into, order })),
  );
  if (joined.length === 0) return;
  const facts = await changed(tx, workspace, joined);
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

/** `refundedAt`: when the refund came that one told of, and the other the payment. */
type Joined = ReturnType<typeof joinOrders> & { events: (string | null)[]; refundedAt: number | null };

/** Which of the merged one's orders the survivor told of too, each of them of one; the others get numbers of their own. */
function meeting(own: readonly KnownOrder[], moved: readonly KnownOrder[]): { joined: Joined[]; unmet: KnownOrder[] } {
  const joined: Joined[] = [];
  const unmet: KnownOrder[] = [];
  let left = own;
  let book = own;
  for (const other of moved) {
    const kept = knownOrder(left, other, other);
    if (kept) {
      left = left.filter((one) => one !== kept);
      const refund = [kept, other].find(({ paid }) => paid === null);
      joined.push({
        ...joinOrders(kept, other),
        events: [kept.event, other.event],
        refundedAt: refund?.at ?? null,
      });
    } else {
      const order = { ...other, nth: nextOf(book, other.order) };
      book = withOrder(book, order);
      unmet.push(order);
    }
  }
  return { joined, unmet };
}

/** What their joining changes in the days: the second payment of each order, or what a refund could not yet take from its payment, is taken off. */
async function changed(tx: Tx, workspace: WorkspaceId, joined: readonly Joined[]): Promise<FactDelta[]> {
  const both = joined.filter(({ isTwice }) => isTwice);
  const told = await tx.rows<Told & { zone: string }>(sql`
    SELECT e.id, e.properties, (extract(epoch FROM e.occurred_at) * 1000)::float8 AS at, w.time_zone AS zone
    FROM event e JOIN workspace w ON w.id = e.workspace_id
    WHERE e.workspace_id = ${workspace} AND e.id = ANY(${both.flatMap(({ events }) => events)}::uuid[])`);
  const zone =
    told[0]?.zone ??
    (await tx.one<{ zone: string }>(sql`SELECT time_zone AS zone FROM workspace WHERE id = ${workspace}`))?.zone;
  const undone = joined.flatMap(({ isTwice, orders, spent, refundedAt }): FactDelta[] =>
    isTwice || refundedAt === null || (orders === 0 && spent === 0)
      ? []
      : [{ name: "purchase", day: dayOf(refundedAt, zone ?? "UTC"), count: orders, amount: spent }],
  );
  const twice = both.flatMap(({ events: [first, second], orders, spent }): FactDelta[] => {
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
  return [...undone, ...twice];
}

const sum = (joined: readonly Joined[], what: "orders" | "spent"): number =>
  joined.reduce((all, one) => all + one[what], 0);
