import type { MemberId, WorkspaceId } from "@/core/ids";
import type { Account, Entry, Lot } from "@/core/loyalty/points-account";
import { sql, type Tx } from "@/platform/db";

type AccountRow = { member_id: MemberId; balance: number; entries: number; last_hash: string };
type LotRow = { id: string; member_id: MemberId; earned: number; remaining: number; last_day: string | null };

/**
 * Locks the members' accounts by member id (opening those that are new) and loads them with their open lots; with `endedBefore` (a day) only
 * with those past it: who earns needs no more, and a member may have hundreds.
 */
export async function openAccounts(
  tx: Tx,
  workspace: WorkspaceId,
  members: readonly MemberId[],
  endedBefore?: string,
): Promise<Map<MemberId, Account>> {
  const ids = [...new Set(members)].sort();
  const lock = (wanted: MemberId[]) =>
    tx.rows<AccountRow>(sql`
    SELECT member_id, balance, entries, last_hash
    FROM points_account
    WHERE workspace_id = ${workspace} AND member_id = ANY(${wanted}::uuid[])
    ORDER BY member_id
    FOR NO KEY UPDATE`);
  let rows = await lock(ids);
  if (rows.length < ids.length) {
    await tx.run(sql`
      INSERT INTO points_account (workspace_id, member_id)
      SELECT ${workspace}, member_id FROM unnest(${ids}::uuid[]) AS m (member_id)
      ON CONFLICT DO NOTHING`);
    rows = await lock(ids);
  }
  const accounts = new Map<MemberId, Account>(
    rows.map((row) => [
      row.member_id,
      { balance: row.balance, entries: row.entries, lastHash: row.last_hash, lots: [] },
    ]),
  );
  // By the partial index points_lot_open; a second statement, so that it sees what the lock waited for.
  const lots = await tx.rows<LotRow>(sql`
    SELECT id, member_id, earned, remaining, last_day
    FROM points_lot
    WHERE workspace_id = ${workspace} AND member_id = ANY(${ids}::uuid[]) AND remaining > 0
      ${endedBefore === undefined ? sql`` : sql`AND last_day < ${endedBefore}::date`}`);
  for (const lot of lots)
    accounts
      .get(lot.member_id)
      ?.lots.push({ id: lot.id, earned: lot.earned, remaining: lot.remaining, lastDay: lot.last_day });
  return accounts;
}

export type Change = { member: MemberId; account: Account; entries: Entry[] };

/** Writes what a set did: new lots, emptied lots, ledger lines, balances; one statement a table. */
export async function writeAccounts(
  tx: Tx,
  workspace: WorkspaceId,
  changes: readonly Change[],
  now: Date,
): Promise<void> {
  const lines = changes.flatMap(({ member, entries }) => entries.map((entry) => ({ member, ...entry })));
  if (lines.length === 0) return;
  const touched = new Set(lines.map((line) => line.lot));
  const lots: (Lot & { member: MemberId })[] = changes.flatMap(({ member, account }) =>
    account.lots.filter((lot) => touched.has(lot.id)).map((lot) => ({ member, ...lot })),
  );
  await writeLots(tx, workspace, lots, now);
  await tx.run(sql`
    INSERT INTO points_entry (workspace_id, id, member_id, sequence, kind, points, balance, lot_id, reason, run_id, step, at, hash)
    SELECT ${workspace}, e.id, e.member_id, e.sequence, e.kind, e.points, e.balance, e.lot_id, e.reason, e.run_id, e.step, e.at, e.hash
    FROM unnest(
      ${lines.map((line) => line.id)}::uuid[], ${lines.map((line) => line.member)}::uuid[], ${lines.map((line) => line.sequence)}::int[],
      ${lines.map((line) => line.kind)}::text[], ${lines.map((line) => line.points)}::int[], ${lines.map((line) => line.balance)}::int[],
      ${lines.map((line) => line.lot)}::uuid[], ${lines.map((line) => line.reason)}::text[], ${lines.map((line) => line.run)}::uuid[],
      ${lines.map((line) => line.step)}::text[], ${lines.map((line) => line.at)}::timestamptz[], ${lines.map((line) => line.hash)}::text[]
    ) AS e (id, member_id, sequence, kind, points, balance, lot_id, reason, run_id, step, at, hash)`);
  const changed = changes.filter(({ entries }) => entries.length > 0);
  await tx.run(sql`
    UPDATE points_account a SET balance = c.balance, entries = c.entries, last_hash = c.last_hash
    FROM unnest(
      ${changed.map(({ member }) => member)}::uuid[], ${changed.map(({ account }) => account.balance)}::int[],
      ${changed.map(({ account }) => account.entries)}::int[], ${changed.map(({ account }) => account.lastHash)}::text[]
    ) AS c (member_id, balance, entries, last_hash)
    WHERE a.workspace_id = ${workspace} AND a.member_id = c.member_id`);
}

async function writeLots(
  tx: Tx,
  workspace: WorkspaceId,
  lots: readonly (Lot & { member: MemberId })[],
  now: Date,
): Promise<void> {
  const made = lots.filter((lot) => lot.isNew);
  if (made.length > 0)
    await tx.run(sql`
      INSERT INTO points_lot (workspace_id, id, member_id, earned, remaining, last_day, created_at)
      SELECT ${workspace}, l.id, l.member_id, l.earned, l.remaining, l.last_day, ${now}
      FROM unnest(
        ${made.map((lot) => lot.id)}::uuid[], ${made.map((lot) => lot.member)}::uuid[], ${made.map((lot) => lot.earned)}::int[],
        ${made.map((lot) => lot.remaining)}::int[], ${made.map((lot) => lot.lastDay)}::date[]
      ) AS l (id, member_id, earned, remaining, last_day)`);
  const drawn = lots.filter((lot) => !lot.isNew);
  if (drawn.length > 0)
    await tx.run(sql`
      UPDATE points_lot l SET remaining = d.remaining
      FROM unnest(${drawn.map((lot) => lot.id)}::uuid[], ${drawn.map((lot) => lot.remaining)}::int[]) AS d (id, remaining)
      WHERE l.workspace_id = ${workspace} AND l.id = d.id`);
}
