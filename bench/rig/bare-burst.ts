import { randomBytes } from "node:crypto";
import type { CouponId, MemberId, MessageId, RunId } from "@/core/ids";
import { CODE_BYTES, couponCode } from "@/core/loyalty/coupon-code";
import { engine, json, peek, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { event } from "@/tests/harness/journey";
import { type Campaign, LAST_STEP } from "./campaign";

const SET = 500;
/** Sets under way at once: the engine, too, enters on one connection and conducts on another. */
const AT_ONCE = 2;
const DAY_MS = 86_400_000;

/**
 * Members a second by bare SQL: the rows that the engine's burst leaves behind (run, entry, journal, coupon, message, offer_stock, traffic),
 * each written once in its last form, in sets of 500 with a transaction each. No claim, no lock, no rule, no check of stock or cap: what
 * Postgres itself needs.
 */
export async function bareBurst(of: Campaign, members: readonly MemberId[]): Promise<number> {
  const sets = Array.from({ length: Math.ceil(members.length / SET) }, (_, i) => members.slice(i * SET, (i + 1) * SET));
  const began = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let set = sets.pop(); set; set = sets.pop()) {
        const own = set;
        await engine((tx) => write(tx, of, own));
      }
    }),
  );
  return members.length / ((performance.now() - began) / 1000);
}

async function write(
  tx: Tx,
  { shop: { workspace, offer }, journey: { id: journey, plan } }: Campaign,
  members: readonly MemberId[],
): Promise<void> {
  const now = new Date();
  const expires = new Date(now.getTime() + 30 * DAY_MS);
  const runs = members.map(() => newId<RunId>());
  const coupons = members.map(() => newId<CouponId>());
  const messages = members.map(() => newId<MessageId>());
  const bytes = randomBytes(members.length * CODE_BYTES);
  const codes = members.map((_, i) => couponCode(bytes.subarray(i * CODE_BYTES, (i + 1) * CODE_BYTES)));
  const entries = members.map(() =>
    json({
      ...event("order_paid", { amount: 12_000, order_id: "o-1" }),
      type: undefined,
      messageId: undefined,
      isTrusted: undefined,
    }),
  );
  const given = coupons.map((id, i) => ({
    order: 1,
    coupon: { id, code: codes[i], offer, name: "20 off 100", expiresAt: expires.getTime() },
  }));
  const variables = given.map((gift) => json({ gift }));
  const vars = given.map((gift, i) => json({ gift, mail: { order: 2, message: messages[i] } }));
  const why = json({ field: "member.tier", is: "eq", wanted: "gold", found: "gold", verdict: true });
  await tx.run(sql`
    INSERT INTO entry (workspace_id, journey_id, member_id, key, last_run_id, last_entered_at)
    SELECT ${workspace}, ${journey}, member, '', run, ${now} FROM unnest(${members}::uuid[], ${runs}::uuid[]) AS e(member, run)`);
  await tx.run(sql`
    INSERT INTO run (workspace_id, id, journey_id, shard, member_id, plan_id, entry_key, step, state, ready_by, ready_order, entry_event, vars, entered_at, parked_at, due_at)
    SELECT ${workspace}, run, ${journey}, 0, member, ${plan.id}, '', 'wait.start', 'parked', 'entry', nextval('run_order'), event, vars, ${now}, ${now}, ${new Date(now.getTime() + 7 * DAY_MS)}
    FROM unnest(${members}::uuid[], ${runs}::uuid[], ${entries}::jsonb[], ${vars}::jsonb[]) AS r(member, run, event, vars)`);
  await tx.run(sql`
    INSERT INTO journal (workspace_id, run_id, step, lap, port, at, why)
    SELECT ${workspace}, run, s.step, 0, s.port, ${now}, s.why
    FROM unnest(${runs}::uuid[]) AS r(run), (VALUES ('gold.start', 'yes', ${why}::jsonb), ('gift.start', 'granted', NULL), (${LAST_STEP}, 'next', NULL)) AS s(step, port, why)`);
  await tx.run(sql`
    INSERT INTO coupon (workspace_id, id, offer_id, member_id, code, issued_at, expires_at, run_id, step, source)
    SELECT ${workspace}, id, ${offer}, member, code, ${now}, ${expires}, run, 'gift.start', ${`journey:${journey}`}
    FROM unnest(${coupons}::uuid[], ${members}::uuid[], ${codes}::text[], ${runs}::uuid[]) AS c(id, member, code, run)`);
  await tx.run(sql`
    INSERT INTO message (workspace_id, id, member_id, run_id, step, lap, effect, plan_id, journey_id, channel, purpose, priority, state, variables, queued_at, not_before, expires_at)
    SELECT ${workspace}, id, member, run, ${LAST_STEP}, 0, 0, ${plan.id}, ${journey}, 'email', 'marketing', ${plan.priority}, 'queued', variables, ${now}, ${now}, ${new Date(now.getTime() + 2 * DAY_MS)}
    FROM unnest(${messages}::uuid[], ${members}::uuid[], ${runs}::uuid[], ${variables}::jsonb[]) AS m(id, member, run, variables)`);
  await tx.run(sql`
    INSERT INTO traffic (workspace_id, journey_id, shard, hour, step, port, count)
    SELECT ${workspace}, ${journey}, 0, date_trunc('hour', ${now}::timestamptz), s.step, s.port, ${members.length}
    FROM (VALUES ('gift.start', 'granted'), ('gold.start', 'yes'), (${LAST_STEP}, 'next')) AS s(step, port)
    ON CONFLICT (workspace_id, journey_id, shard, hour, step, port) DO UPDATE SET count = traffic.count + EXCLUDED.count`);
  // Last: every set waits for this row.
  await tx.run(
    sql`UPDATE offer_stock SET issued = issued + ${members.length} WHERE workspace_id = ${workspace} AND offer_id = ${offer}`,
  );
}

/** What the rows weigh, as a check that both ways wrote the same: bytes a row of each table, by workspace. */
export async function weights(of: Campaign): Promise<Record<string, number>> {
  const { workspace } = of.shop;
  const [row] = await peek<Record<string, number>>(sql`
    SELECT (SELECT count(*)::int FROM run WHERE workspace_id = ${workspace}) AS runs,
      (SELECT round(avg(pg_column_size(r.*)))::int FROM run r WHERE workspace_id = ${workspace}) AS run,
      (SELECT count(*)::int FROM journal WHERE workspace_id = ${workspace}) AS lines,
      (SELECT round(avg(pg_column_size(j.*)))::int FROM journal j WHERE workspace_id = ${workspace}) AS journal,
      (SELECT round(avg(pg_column_size(c.*)))::int FROM coupon c WHERE workspace_id = ${workspace}) AS coupon,
      (SELECT round(avg(pg_column_size(m.*)))::int FROM message m WHERE workspace_id = ${workspace}) AS message`);
  return row ?? {};
}
