import pg from "pg";
import type { WorkspaceId } from "@/core/ids";
import { faultPoint } from "../fault-points";
import { Client } from "./client";
import { type Sql, sql } from "./sql";

export { Client } from "./client";

export { keyset, type SortKey } from "./keyset";
export { join, json, name, Sql, sql } from "./sql";

/**
 * The only write handle: one open transaction. Statements are pipelined: each leaves at once and they run in the order in which they were asked
 * for, so those that need nothing of each other's answers are asked for together (`Promise.all`) and cost one round trip.
 */
export type Tx = {
  rows<R>(query: Sql): Promise<R[]>;
  /** The first row, or undefined. */
  one<R>(query: Sql): Promise<R | undefined>;
  /** How many rows were written. */
  run(query: Sql): Promise<number>;
  /**
   * A write whose answer nobody needs: it travels with what follows, and the transaction fails with its error. A function that takes a Tx and
   * returns nothing only pushes: it throws nothing itself, its errors come at `flush` or at the commit.
   */
  push(query: Sql): void;
  /** Waits for what was pushed; throws the error of the first that failed. */
  flush(): Promise<void>;
  /**
   * Asked for behind the commit, in the same packet, as a transaction of its own; nobody waits for its answer or learns of its error. For hints
   * such as NOTIFY, which inside the transaction would hold up the commits of others while this one waits for the disk.
   */
  after(query: Sql): void;
};

// bigint as number: money in minor units and counts stay far below 2^53, and a value beyond it throws instead of rounding.
const types = new pg.TypeOverrides();
types.setTypeParser(20, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a JavaScript number`);
  return value;
});
types.setTypeParser(1082, (text) => text); // date stays YYYY-MM-DD: it has no zone

let pool: pg.Pool | undefined;
let address: string | undefined;

/** Opens the pool of this process. `max`: connections at most. */
export function connect(url: string, max = 10): void {
  address = url;
  pool = new pg.Pool({ Client, connectionString: url, max, types, application_name: "regulars", pipeline: true });
  // An idle connection cut by a restarting server must not end the process; the next query connects anew.
  pool.on("error", () => {});
  // Nor may one that is cut while in use: its query rejects, which is enough.
  pool.on("connect", (client) => client.on("error", () => {}));
}

export async function disconnect(): Promise<void> {
  const closing = pool;
  pool = undefined;
  await closing?.end();
}

export function databaseUrl(): string {
  if (!address) throw new Error("connect(url) was not called before the first query");
  return address;
}

function open(): pg.Pool {
  if (!pool) throw new Error("connect(url) was not called before the first query");
  return pool;
}

// Named statements are parsed and planned once per connection. Texts come from templates, so they are few.
const names = new Map<string, string>();
function statementName(text: string): string | undefined {
  let known = names.get(text);
  if (!known && names.size < 1000) {
    known = `s${names.size}`;
    names.set(text, known);
  }
  return known;
}

/** A transaction's statements, and the error that aborted it: those behind it only say that it is aborted. */
class Statements {
  private pushed: Promise<unknown>[] = [];
  private later: Sql[] = [];
  cause: unknown;
  readonly tx: Tx = {
    rows: async <R>(q: Sql) => (await this.query(q)).rows as R[],
    one: async <R>(q: Sql) => (await this.query(q)).rows[0] as R | undefined,
    run: async (q) => (await this.query(q)).rowCount ?? 0,
    push: (q) => {
      this.pushed.push(this.query(q));
    },
    flush: async () => {
      const pushed = this.pushed;
      this.pushed = [];
      await Promise.all(pushed);
    },
    after: (q) => {
      this.later.push(q);
    },
  };

  private isOver = false;

  constructor(private readonly client: pg.ClientBase) {}

  /** From here on nothing may be asked: of several branches that run at once one may still go on after another has thrown. */
  end(): void {
    this.isOver = true;
  }

  query(q: Sql): Promise<pg.QueryResult> {
    if (this.isOver) return this.watched(Promise.reject(new Error("the transaction is over")));
    return this.watched(this.send(q));
  }

  /** As `query`, for what the transaction itself consists of. */
  say(words: string): Promise<pg.QueryResult> {
    this.gather();
    return this.watched(this.client.query(words));
  }

  commit(): Promise<unknown> {
    const committed = this.say("COMMIT");
    for (const q of this.later) this.send(q).catch(() => {});
    return committed;
  }

  private send(q: Sql): Promise<pg.QueryResult> {
    const { text, values } = q.unfold();
    this.gather();
    return this.client.query({ text, values, name: statementName(text) });
  }

  private isGathering = false;
  /** What is asked for in one go leaves in one packet: a tenth of both sides' processor time was system calls for single statements. */
  private gather(): void {
    if (this.isGathering || !(this.client instanceof Client)) return;
    const { stream } = this.client.connection;
    this.isGathering = true;
    stream.cork();
    process.nextTick(() => {
      this.isGathering = false;
      stream.uncork();
    });
  }

  watched<T>(answer: Promise<T>): Promise<T> {
    answer.catch((error: unknown) => {
      if (sqlState(error) !== ABORTED) this.cause = error;
    });
    return answer;
  }
}

/**
 * A reading that a transaction makes once, whoever asks for it again: for what it may see as it stood when first asked.
 */
export function oncePerTransaction<T>(read: (tx: Tx, workspace: WorkspaceId) => Promise<T>): typeof read {
  const seen = new WeakMap<Tx, Map<WorkspaceId, Promise<T>>>();
  return (tx, workspace) => {
    const own = seen.get(tx) ?? new Map<WorkspaceId, Promise<T>>();
    const answer = own.get(workspace) ?? read(tx, workspace);
    seen.set(tx, own.set(workspace, answer));
    return answer;
  };
}

/** Thrown by work whose premises changed under it: the transaction is rolled back and the same work begins again. */
export class Again extends Error {}

const REPEATABLE = new Set(["40P01", "40001"]); // deadlock, serialization failure: the same work again is right
const ABORTED = "25P02"; // an earlier statement failed; only its error tells why

async function transaction<T>(begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await open().connect();
    const statements = new Statements(client);
    let broken: Error | undefined;
    try {
      // BEGIN travels with the first statement; when it fails, so do they.
      const begun = statements.say(begin);
      const result = await work(statements.tx);
      statements.end();
      faultPoint("before-commit");
      await Promise.all([begun, statements.tx.flush(), statements.commit()]);
      faultPoint("after-commit");
      return result;
    } catch (thrown) {
      statements.end();
      const error = sqlState(thrown) === ABORTED ? (statements.cause ?? thrown) : thrown;
      // It runs behind whatever is still under way, so the connection is free afterwards.
      await client.query("ROLLBACK").catch((e: Error) => {
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
const PATIENCE = "SET LOCAL idle_in_transaction_session_timeout = '5s'";

// A person or program waits for the answer: after this long "not now, try again" is better than silence.
const LOCKS_GIVEN_WITHIN = "SET LOCAL lock_timeout = '10s'";

/** Role and workspace in the same round trip as BEGIN; row-level security is the net below the keys. */
function asTenant(workspace: WorkspaceId, mode = ""): string {
  if (!UUID.test(workspace)) throw new TypeError("a workspace id is a UUID");
  return `BEGIN${mode}; ${PATIENCE}; ${LOCKS_GIVEN_WITHIN}; SET LOCAL ROLE regulars_tenant; SET LOCAL regulars.workspace = '${workspace}'`;
}

/**
 * One transaction of one workspace. Deadlocks and serialization failures repeat the work, so it must be repeatable. Throws an error of which
 * `isAway` holds when a lock was not given within 10 s.
 */
export const write = <T>(workspace: WorkspaceId, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transaction(asTenant(workspace), work);

/** A read-only transaction of one workspace. */
export const query = <T>(workspace: WorkspaceId, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transaction(asTenant(workspace, " READ ONLY"), work);

/**
 * One transaction over every workspace, without row-level security: each statement carries its workspace itself.
 * Only the engine, segments, events, messages, access and set-up may use it (a test holds the list).
 * A frozen process loses its locks after 5 s, one that works on after 60 s. With `patience` (milliseconds) it throws an error of which `isHeldUp`
 * holds when a lock is not given within.
 */
export const engine = <T>(work: (tx: Tx) => Promise<T>, { patience }: { patience?: number } = {}): Promise<T> =>
  transaction(
    `BEGIN; ${PATIENCE}; SET LOCAL transaction_timeout = '60s'${patience === undefined ? "" : `; SET LOCAL lock_timeout = ${Math.trunc(patience)}`}`,
    work,
  );

/**
 * Lets the commit not wait for the disk. It is then on disk before any later commit that waits is, or lost together with all that saw it when
 * Postgres crashes within about half a second: right where nothing outside the database learns of it before such a later commit, and the same
 * work begins again from what was flushed (decision 022).
 */
export const unflushed = (tx: Tx): void => tx.push(sql`SET LOCAL synchronous_commit = off`);

/** A savepoint: `work` either holds or leaves no trace, and the transaction goes on. */
export async function attempt<T>(
  tx: Tx,
  work: () => Promise<T>,
): Promise<{ ok: true; value: T } | { ok: false; error: unknown }> {
  await tx.run(sql`SAVEPOINT attempt`);
  try {
    const value = await work();
    await Promise.all([tx.flush(), tx.run(sql`RELEASE SAVEPOINT attempt`)]);
    return { ok: true, value };
  } catch (error) {
    await tx.run(sql`ROLLBACK TO SAVEPOINT attempt`);
    return { ok: false, error };
  }
}

/** The code of a Postgres error, if it is one: 23505 unique, 23514 check, 40P01 deadlock. */
export const sqlState = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.code : undefined;

// Connection refused or cut, the server starting, stopping, out of connections or of space, taking no writes for now, our session ended for
// standing still: SQLSTATE classes 08, 57P and 53, 25006, 25P03, 25P04, a lock not given within the database's own time-out (55P03), and the
// socket's codes.
const AWAY = /^(08...|57P..|53...|25006|25P0[34]|55P03|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)$/;

/** Whether the database could not be reached just now: worth trying again soon, with nothing half done that was not rolled back. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return (
    AWAY.test(code) || /Connection terminated|timeout (exceeded when trying to connect|expired)/.test(error.message)
  );
}

/** Whether a lock was not given within the transaction's `lock_timeout`. */
export const isHeldUp = (error: unknown): boolean => sqlState(error) === "55P03";

/** Resolves once the database answers; for a role that starts beside it. */
export const answering = (): Promise<unknown> => onceBack(() => open().query("SELECT 1"));

/** Tries until the database is not away: for what a role needs to start, since its end and new start would take longer. */
export async function onceBack<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error)) throw error;
      await new Promise((done) => setTimeout(done, 250));
    }
  }
}

/**
 * Whether the data is at fault, not the server: SQLSTATE 22 (data), 23 (constraint), 54 (limits), and values that the code itself could not
 * take. Trying the same again cannot help; finding the row that breaks it does.
 */
export const isPoison = (error: unknown): boolean =>
  /^(22|23|54)/.test(sqlState(error) ?? "") || error instanceof TypeError || error instanceof RangeError;

const ASKS_MS = 5000;

/** Hears NOTIFY on a channel until closed; connects again by itself when the server went away, and then calls `missed`. */
export async function listen(
  channels: string[],
  heard: (channel: string, payload: string) => void,
  missed: () => void,
): Promise<() => Promise<void>> {
  let client: pg.Client | undefined;
  let closed = false;
  const start = async (first: boolean): Promise<void> => {
    const next = new Client({ connectionString: databaseUrl(), application_name: "regulars-listen" });
    next.on("notification", (m) => heard(m.channel, m.payload ?? ""));
    next.on("error", () => {});
    await next.connect();
    // Who only listens would not notice that nobody speaks any more.
    const asking = setInterval(() => next.query("SELECT 1").catch(() => {}), ASKS_MS);
    // Only from here on: a connection that never stood is tried again by whoever asked for it.
    next.on("end", () => {
      clearInterval(asking);
      if (!closed) setTimeout(() => void again(), 250);
    });
    for (const channel of channels) await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    client = next;
    if (!first) missed();
  };
  const again = async (): Promise<void> => {
    if (closed) return;
    try {
      await start(false);
    } catch {
      setTimeout(() => void again(), 1000);
    }
  };
  await start(true);
  return async () => {
    closed = true;
    await client?.end();
  };
}

/** One statement by itself, over every workspace, in its own implicit transaction: for looks that decide nothing. */
export async function peek<R>(q: Sql): Promise<R[]> {
  const { text, values } = q.unfold();
  return (await open().query({ text, values })).rows as R[];
}
