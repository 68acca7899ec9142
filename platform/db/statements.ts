import type pg from "pg";
import { Client } from "./client";
import { sqlState } from "./errors";
import type { Sql } from "./sql";

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

/** An earlier statement failed; only its error tells why. */
export const ABORTED = "25P02";

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
export class Statements {
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
