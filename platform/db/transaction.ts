import type pg from "pg";
import type { WorkspaceId } from "@/core/ids";
import { faultPoint } from "../fault-points";
import { isTooSlow, sqlState } from "./errors";
import { asOpen, open } from "./pool";
import { type Sql, sql } from "./sql";
import { Statements, type Tx } from "./statements";

type Reading<T> = (tx: Tx, workspace: WorkspaceId) => Promise<T>;

/** A reading that a transaction makes once, whoever asks for it again: for what it may see as it stood when first asked. */
export function oncePerTransaction<T>(read: Reading<T>): Reading<T> {
  const seen = new WeakMap<Tx, Map<WorkspaceId, Promise<T>>>();
  return (tx, workspace) => {
    const own = seen.get(tx) ?? new Map<WorkspaceId, Promise<T>>();
    seen.set(tx, own);
    const before = own.get(workspace);
    if (before) return before;
    const one = read(tx, workspace);
    own.set(workspace, one);
    return one;
  };
}

/** Thrown by work whose premises changed under it: the transaction is rolled back and the same work begins again. */
export class Again extends Error {}

const REPEATABLE = new Set(["40P01", "40001"]); // deadlock, serialization failure: the same work again is right

async function transaction<T>(begin: readonly Sql[], work: (tx: Tx) => Promise<T>): Promise<T> {
  const connections = open();
  return asOpen(() => attempts(connections, begin, work));
}

async function attempts<T>(connections: pg.Pool, begin: readonly Sql[], work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await connections.connect();
    const statements = new Statements(client);
    let broken: Error | undefined;
    try {
      // BEGIN travels with the first statement; when it fails, so do they.
      const begun = Promise.all(begin.map((q) => statements.query(q)));
      begun.catch(() => {});
      const result = await work(statements.tx);
      statements.end();
      faultPoint("before-commit");
      await Promise.all([begun, statements.tx.flush(), statements.commit()]);
      faultPoint("after-commit");
      return result;
    } catch (thrown) {
      statements.end();
      const error = statements.causeOf(thrown);
      await statements.rollback().catch((e: Error) => {
        broken = e;
      });
      if (attempt < 5 && (error instanceof Again || REPEATABLE.has(sqlState(error) ?? ""))) continue;
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

// A process that stands still (frozen, swapped out) between two statements holds up whoever needs its rows: its session is ended.
const PATIENCE = sql`set_config('idle_in_transaction_session_timeout', '5s', true)`;

// A person or program waits for the answer: after this long "not now, try again" is better than silence, and a reading that nobody waits for any
// more must not keep a connection and a core.
const STATEMENT = "30s";
const ANSWERED_WITHIN = sql`set_config('lock_timeout', '10s', true), set_config('statement_timeout', ${STATEMENT}, true)`;

/** Role and workspace in the same round trip as BEGIN; row-level security is the net below the keys. */
function asTenant(workspace: WorkspaceId, begin: Sql): Sql[] {
  if (!UUID.test(workspace)) throw new TypeError("a workspace id is a UUID");
  return [
    begin,
    sql`SELECT ${PATIENCE}, ${ANSWERED_WITHIN}, set_config('regulars.workspace', ${workspace}, true), set_config('role', 'regulars_tenant', true)`,
  ];
}

const BEGIN = sql`BEGIN`;

/**
 * One transaction of one workspace. Deadlocks and serialization failures repeat the work, so it must be repeatable. Throws an error of which
 * `isAway` holds when a lock was not given within 10 s, and `isTooSlow` when a statement took 30.
 */
export const write = <T>(workspace: WorkspaceId, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transaction(asTenant(workspace, BEGIN), work);

/** A read-only transaction of one workspace. */
export const query = <T>(workspace: WorkspaceId, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transaction(asTenant(workspace, sql`BEGIN READ ONLY`), work);

/** The same, where all of its statements see what stood at one instant. */
export const snapshot = <T>(workspace: WorkspaceId, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transaction(asTenant(workspace, sql`BEGIN READ ONLY ISOLATION LEVEL REPEATABLE READ`), work);

/**
 * One transaction over every workspace, without row-level security: each statement carries its workspace itself.
 * Only the engine, segments, events, messages, access and set-up may use it (a test holds the list).
 * A frozen process loses its locks after 5 s, one that works on after 60 s. With `patience` (milliseconds) it throws an error of which `isHeldUp`
 * holds when a lock is not given within; with `isPlanned` it is `planned` from its beginning, which costs no statement of its own.
 */
export const engine = <T>(
  work: (tx: Tx) => Promise<T>,
  { patience, isPlanned = false }: { patience?: number; isPlanned?: boolean } = {},
): Promise<T> =>
  transaction(
    [
      BEGIN,
      sql`SELECT ${PATIENCE}, set_config('transaction_timeout', '60s', true)${patience === undefined ? NOTHING : waitingAtMost(patience)}${isPlanned ? PLANNED : NOTHING}`,
    ],
    work,
  );

const NOTHING = sql``;
const PLANNED = sql`, set_config('plan_cache_mode', 'force_generic_plan', true)`;
const waitingAtMost = (ms: number): Sql => sql`, set_config('lock_timeout', ${String(Math.trunc(ms))}, true)`;

/**
 * Lets the commit not wait for the disk. It is then on disk before any later commit that waits is, or lost together with all that saw it when
 * Postgres crashes within about half a second: right where nothing outside the database learns of it before such a later commit, and the same
 * work begins again from what was flushed (decision 022).
 */
export const unflushed = (tx: Tx): void => tx.push(sql`SET LOCAL synchronous_commit = off`);

/**
 * For a transaction of few rows, from here on: each statement keeps the one plan it has, which must be right also where it was made for an empty table
 * (rows found by an index of all that is known of them). Postgres would plan some anew at each call, because it believes them dearer
 * with arrays whose length it does not know, and that cost a tenth of a single event's turn and of a claim of mails (decision 077).
 */
export const planned = (tx: Tx): void => tx.push(sql`SET LOCAL plan_cache_mode = force_generic_plan`);

/** The same taken back: the transaction turned out to be of many rows. */
export const unplanned = (tx: Tx): void => tx.push(sql`SET LOCAL plan_cache_mode = auto`);

/**
 * Within a tenant's transaction, asks without row-level security, for an index or a table that it keeps out of reach. Each statement carries its
 * workspace itself, as with `engine`, and nothing else of the transaction may be asked meanwhile.
 */
export async function unscoped<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  tx.push(sql`RESET ROLE`);
  const found = await work();
  tx.push(sql`SET LOCAL ROLE regulars_tenant`);
  return found;
}

/** A savepoint: `work` either holds or leaves no trace, and the transaction goes on. */
export async function attempt<T>(
  tx: Tx,
  work: () => Promise<T>,
): Promise<{ ok: true; value: T } | { ok: false; error: unknown }> {
  await Promise.all([tx.flush(), tx.run(sql`SAVEPOINT attempt`)]);
  try {
    const value = await work();
    await Promise.all([tx.flush(), tx.run(sql`RELEASE SAVEPOINT attempt`)]);
    return { ok: true, value };
  } catch (error) {
    // What was pushed since has failed for `work`, not for the transaction.
    await Promise.all([tx.flush().catch(() => {}), tx.run(sql`ROLLBACK TO SAVEPOINT attempt`)]);
    return { ok: false, error };
  }
}

/**
 * What a tenant's transaction would like to know, but not at any price: each statement of `work` may take so many milliseconds. undefined: one took
 * longer; the transaction goes on without.
 */
export async function inTime<T>(tx: Tx, ms: number, work: () => Promise<T>): Promise<T | undefined> {
  const limit = (value: string) => tx.push(sql`SELECT set_config('statement_timeout', ${value}, true)`);
  const tried = await attempt(tx, async () => {
    limit(String(Math.trunc(ms)));
    const known = await work();
    limit(STATEMENT);
    return known;
  });
  if (tried.ok) return tried.value;
  if (isTooSlow(tried.error)) return undefined;
  throw tried.error;
}
