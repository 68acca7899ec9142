import pg from "pg";
import type { MemberId, RunId } from "@/core/ids";
import { peek, type Sql, sql } from "@/platform/db";
import type { Shop } from "@/tests/harness/shop";
import type { Campaign } from "./campaign";
import type { Installation } from "./installation";

const hex = (n: number): string => n.toString(16).padStart(12, "0");
/** The n-th of the members, runs and coupons that this file makes; in the order of n, as ids made over time are. */
export const memberAt = (n: number) => `01990000-0000-7000-8000-${hex(n)}` as MemberId;
export const runAt = (n: number) => `01990000-0000-7000-8001-${hex(n)}` as RunId;
export const couponAt = (n: number) => `01990000-0000-7000-8002-${hex(n)}`;
const idOf = (kind: number): Sql => sql`(${`01990000-0000-7000-800${kind}-`} || lpad(to_hex(n), 12, '0'))::uuid`;

/**
 * Statements on a connection of its own that asks no foreign keys: the rows are right, and asking took longer than writing them. Waits until
 * they are on the disk, and makes the statistics, as autovacuum does in time.
 */
export async function inBulk(here: Installation, tables: readonly string[], ...statements: Sql[]): Promise<void> {
  const client = new pg.Client({ connectionString: here.databaseUrl });
  await client.connect();
  try {
    await client.query("SET session_replication_role = replica");
    await client.query("SET synchronous_commit = off");
    for (const statement of statements) {
      const { text, values } = statement.unfold();
      await client.query(text, values);
    }
    for (const table of tables) await client.query(`VACUUM ANALYZE ${pg.escapeIdentifier(table)}`);
    await client.query("CHECKPOINT");
  } finally {
    await client.end();
  }
}

/** Gold members 1 … count, whose birthdays lie evenly over the days of a year. */
export const manyMembers = ({ workspace }: Shop, count: number): Sql => sql`
  INSERT INTO member (workspace_id, id, name, phone, email, tier, birthday, joined_at)
  SELECT ${workspace}, ${idOf(0)}, 'Member ' || n, '+86139' || lpad(n::text, 8, '0'), 'm' || n || '@example.com', 'gold', date '1989-01-01' + n % 365, now() - interval '1 year'
  FROM generate_series(1, ${count}::int) AS n`;

/** Runs of members 1 … count, parked at the campaign's wait with a coupon each, due from a week on, a millisecond apart. */
export function manyParked({ shop: { workspace, offer }, journey: { id, plan } }: Campaign, count: number): Sql[] {
  return [
    sql`
      INSERT INTO entry (workspace_id, journey_id, member_id, key, last_run_id, last_entered_at)
      SELECT ${workspace}, ${id}, ${idOf(0)}, '', ${idOf(1)}, now() FROM generate_series(1, ${count}::int) AS n`,
    sql`
      INSERT INTO run (workspace_id, id, journey_id, shard, member_id, plan_id, entry_key, step, state, ready_by, ready_order, entry_event, vars, entered_at, parked_at, due_at)
      SELECT ${workspace}, ${idOf(1)}, ${id}, 0, ${idOf(0)}, ${plan.id}, '', 'wait.start', 'parked', 'entry', nextval('run_order'),
        jsonb_build_object('id', ${idOf(1)}, 'name', 'order_paid', 'properties', jsonb_build_object('amount', 12000, 'order_id', 'o-' || n), 'occurredAt', 1760000000000, 'acceptedAt', 1760000000000, 'isHistorical', false),
        jsonb_build_object('gift', jsonb_build_object('order', 1, 'coupon', jsonb_build_object('id', ${idOf(2)}, 'code', 'C' || n, 'offer', ${offer}::text, 'name', '20 off 100', 'expiresAt', NULL))),
        now(), now(), now() + interval '7 days' + n * interval '1 millisecond'
      FROM generate_series(1, ${count}::int) AS n`,
  ];
}

/** How many rows of a journey's traffic say that runs left a step by a port. */
export async function left({ shop: { workspace }, journey }: Campaign, step: string, port: string): Promise<number> {
  const [row] = await peek<{ n: number }>(sql`
    SELECT COALESCE(sum(count), 0)::int AS n FROM traffic
    WHERE workspace_id = ${workspace} AND journey_id = ${journey.id} AND step = ${step} AND port = ${port}`);
  return row?.n ?? 0;
}
