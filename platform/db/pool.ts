import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";
import { setClock } from "../clock";
import { Client } from "./client";
import { onceBack } from "./errors";
import type { Sql } from "./sql";

// bigint as number: money in minor units and counts stay far below 2^53, and a value beyond it throws instead of rounding.
const types = new pg.TypeOverrides();
types.setTypeParser(20, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a JavaScript number`);
  return value;
});
types.setTypeParser(1082, (text) => text); // date stays YYYY-MM-DD: it has no zone

/** Who waits so long for one of the pool's connections is told that the database is away, instead of waiting for ever. */
const WAITED_FOR_MS = 30_000;

/** How often the database's clock is looked at. */
const CLOCK_MS = 5_000;

let pool: pg.Pool | undefined;
let following: NodeJS.Timeout | undefined;
let address: string | undefined;

/** Opens the pool of this process. `max`: connections at most. */
export function connect(url: string, max = 10): void {
  address = url;
  pool = new pg.Pool({
    Client,
    connectionString: url,
    max,
    types,
    application_name: "regulars",
    pipeline: true,
    connectionTimeoutMillis: WAITED_FOR_MS,
  });
  // An idle connection cut by a restarting server must not end the process; the next query connects anew.
  pool.on("error", () => {});
  // Nor may one that is cut while in use: its query rejects, which is enough.
  pool.on("connect", (client) => client.on("error", () => {}));
}

export async function disconnect(): Promise<void> {
  const closing = pool;
  pool = undefined;
  clearInterval(following);
  setClock(undefined);
  await closing?.end();
}

export function databaseUrl(): string {
  if (!address) throw new Error("connect(url) was not called before the first query");
  return address;
}

/** The pool, for a transaction or a statement of its own. */
export function open(): pg.Pool {
  if (!pool) throw new Error("connect(url) was not called before the first query");
  if (nesting?.getStore()?.isOpen)
    throw new Error(
      "a transaction is open here: what it needs is asked for with its tx, or all connections wait for each other",
    );
  return pool;
}

let nesting: AsyncLocalStorage<{ isOpen: boolean }> | undefined;

/**
 * For tests: whoever asks for a second connection while a transaction of theirs is open gets an error. It costs too much for every day. Returns
 * how to ask all the same, as somebody else would meanwhile.
 */
export function refuseNesting(): <T>(work: () => Promise<T>) => Promise<T> {
  const own = new AsyncLocalStorage<{ isOpen: boolean }>();
  nesting = own;
  return (work) => own.run({ isOpen: false }, work);
}

/** Runs a transaction's work, noting for `refuseNesting` that it is open. */
export async function asOpen<T>(work: () => Promise<T>): Promise<T> {
  if (!nesting) return work();
  const own = { isOpen: true };
  return nesting.run(own, work).finally(() => {
    own.isOpen = false;
  });
}

/** One statement by itself, over every workspace, in its own implicit transaction: for looks that decide nothing. */
export async function peek<R>(q: Sql): Promise<R[]> {
  const { text, values } = q.unfold();
  return (await open().query({ text, values })).rows as R[];
}

const polls = new Map<string, string>();

/** As `peek`, for a look that a role repeats as long as it lives: it is parsed and planned once a connection, not each time. */
export async function poll<R>(q: Sql): Promise<R[]> {
  const { text, values } = q.unfold();
  const name = polls.get(text) ?? `poll${polls.size}`;
  polls.set(text, name);
  return (await open().query({ name, text, values })).rows as R[];
}

/** Resolves once the database answers; for a role that starts beside it. */
export const answering = (): Promise<unknown> => onceBack(() => open().query("SELECT 1"));

/** For a role: its instants are the database's from here on, as soon as the database answers. */
export function followClock(): void {
  const look = (): Promise<void> => lookAtClock().catch(() => {});
  void look();
  clearInterval(following);
  following = setInterval(look, CLOCK_MS).unref();
}

async function lookAtClock(): Promise<void> {
  const asked = performance.now();
  const { rows } = await open().query<{ there: number }>(
    "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS there",
  );
  if (rows[0]) setClock({ there: rows[0].there, asked, answered: performance.now() });
}
