import type { JourneyId, WorkspaceId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { atLeast, atMost, type Finding, is, count as one } from "./findings";

/** What must be true of `bigOrder` after any fault, asked of the ledger and of what the sandboxes received. */
export async function invariants(
  workspace: WorkspaceId,
  journey: JourneyId,
  of: { members: number; stock: number; limited: string; deadLetters: number; sentAgain: number },
  sandboxUrl: string,
): Promise<Finding[]> {
  const ws = workspace;
  const coupons = await one(sql`SELECT count(*)::int AS n FROM coupon WHERE workspace_id = ${ws}`);
  const gold = await one(
    sql`SELECT count(*)::int AS n FROM journal WHERE workspace_id = ${ws} AND step = 'both.start' AND port = 'granted'`,
  );
  const refused = await one(
    sql`SELECT count(*)::int AS n FROM journal WHERE workspace_id = ${ws} AND step = 'both.start' AND port = 'out_of_stock'`,
  );
  const granted = of.members - refused;
  // Asked before the providers are: what is accepted now is there by then.
  const accepted = await peek<{ id: string }>(
    sql`SELECT id FROM message WHERE workspace_id = ${ws} AND state IN ('accepted', 'delivered')`,
  );
  const counts = timesOf(await received(sandboxUrl));
  return [
    is(
      "every acknowledged order is one event",
      await one(sql`SELECT count(*)::int AS n FROM event WHERE workspace_id = ${ws} AND name = 'order_paid'`),
      of.members,
    ),
    is(
      "every order started one run",
      await one(
        sql`SELECT count(DISTINCT member_id)::int AS n FROM run WHERE workspace_id = ${ws} AND journey_id = ${journey}`,
      ),
      of.members,
    ),
    is(
      "and no second one",
      await one(sql`SELECT count(*)::int AS n FROM run WHERE workspace_id = ${ws} AND journey_id = ${journey}`),
      of.members,
    ),
    is(
      "every run came to its end",
      await one(
        sql`SELECT count(*)::int AS n FROM run WHERE workspace_id = ${ws} AND journey_id = ${journey} AND state = 'done'`,
      ),
      of.members,
    ),
    is(
      "no run failed",
      await one(sql`SELECT count(*)::int AS n FROM run WHERE workspace_id = ${ws} AND state = 'failed'`),
      0,
    ),
    is(
      "events that were buried",
      await one(sql`SELECT count(*)::int AS n FROM dead_letter WHERE workspace_id = ${ws} AND kind = 'event'`),
      of.deadLetters,
    ),
    is("the inbox is empty", await one(sql`SELECT count(*)::int AS n FROM inbox WHERE workspace_id = ${ws}`), 0),
    is("one coupon a granted run", coupons, granted),
    is(
      "no run has two coupons",
      await one(
        sql`SELECT count(*)::int AS n FROM (SELECT run_id FROM coupon WHERE workspace_id = ${ws} GROUP BY run_id HAVING count(*) > 1) d`,
      ),
      0,
    ),
    is(
      "the stock counts what was issued",
      await one(sql`SELECT issued AS n FROM offer_stock WHERE workspace_id = ${ws} AND offer_id = ${of.limited}`),
      gold,
    ),
    atLeast("some got what runs out", gold, 1),
    atMost("the stock was never exceeded", gold, of.stock),
    is(
      "one points entry a gold run",
      await one(sql`SELECT count(*)::int AS n FROM points_entry WHERE workspace_id = ${ws}`),
      gold,
    ),
    is(
      "balances are the sum of entries",
      await one(sql`SELECT COALESCE(sum(balance), 0)::int AS n FROM points_account WHERE workspace_id = ${ws}`),
      gold * 100,
    ),
    is(
      "two messages a granted run",
      await one(sql`SELECT count(*)::int AS n FROM message WHERE workspace_id = ${ws}`),
      granted * 2,
    ),
    is(
      "no message waits",
      await one(sql`SELECT count(*)::int AS n FROM message WHERE workspace_id = ${ws} AND state IN ('queued')`),
      0,
    ),
    is(
      "no message failed or was skipped",
      await one(
        sql`SELECT count(*)::int AS n FROM message WHERE workspace_id = ${ws} AND state IN ('failed', 'skipped')`,
      ),
      0,
    ),
    atMost("the providers got no message twice", [...counts.values()].filter((n) => n > 1).length, of.sentAgain),
    atLeast("messages that are accepted", accepted.length, 1),
    is("accepted, and not at the providers", accepted.filter(({ id }) => !counts.has(id)).length, 0),
  ];
}

/** Messages whose outcome nobody knows: allowed, told, and never repeated. Texts are asked about later, mails stay. */
export async function inDoubt(workspace: WorkspaceId): Promise<string> {
  const of = (channel: string): Promise<number> =>
    one(sql`
      SELECT count(*)::int AS n FROM message
      WHERE workspace_id = ${workspace} AND channel = ${channel} AND state IN ('claimed', 'unknown')`);
  return `${await of("email")} mails and ${await of("sms")} texts in doubt`;
}

/** The keys of everything the sandboxes took. */
export async function received(sandboxUrl: string): Promise<string[]> {
  const { messages }: { messages: { key?: string }[] } = (await (
    await fetch(`${sandboxUrl}/sandbox/messages?as=brief&limit=20000`)
  ).json()) as never;
  return messages.flatMap(({ key }) => (key ? [key] : []));
}

/** How often each key came. */
export function timesOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
