import type pg from "pg";
import { sqlState } from "./errors";
import { ABORTED, Packet } from "./packet";
import { type Sql, sql } from "./sql";
import type { Answer, Asked } from "./wire";

/**
 * The only write handle: one open transaction. Statements are pipelined: none waits for the answer of another, and they run in the order in which
 * they were asked for. Those that need nothing of each other's answers are asked for together (`Promise.all`) and cost one round trip.
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

// Behind a failure a statement may also be unknown: the one that failed kept it from being parsed.
const UNKNOWN = "26000";
const FOLLOWS = new Set<string | undefined>([ABORTED, UNKNOWN]);
const COMMIT = sql`COMMIT`;

/** A transaction's statements, and the error that aborted it: those behind it only say that it is aborted. */
export class Statements {
  private pushed: Promise<unknown>[] = [];
  private later: Sql[] = [];
  private cause: unknown;
  readonly tx: Tx = {
    rows: async <R>(q: Sql) => (await this.query(q)).rows as R[],
    one: async <R>(q: Sql) => (await this.query(q)).rows[0] as R | undefined,
    run: async (q) => (await this.query(q)).count,
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

  query(q: Sql): Promise<Answer> {
    if (this.isOver) return this.watched(Promise.reject(new Error("the transaction is over")));
    return this.watched(this.send(q));
  }

  async commit(): Promise<void> {
    const committed = this.watched(this.send(COMMIT));
    // What stands behind it is no part of it, nor of one another, and its answer does not wait for that.
    for (const q of this.later) {
      this.leave();
      this.send(q).catch(() => {});
    }
    await committed;
  }

  /** Behind whatever is still under way, so that the connection is free afterwards. */
  async rollback(): Promise<void> {
    this.leave();
    await this.client.query("ROLLBACK");
  }

  /** Of an error that only says that another came before, that other. */
  causeOf(thrown: unknown): unknown {
    return FOLLOWS.has(sqlState(thrown)) ? (this.cause ?? thrown) : thrown;
  }

  private gathered: Asked[] = [];

  private send(q: Sql): Promise<Answer> {
    const { text, values } = q.unfold();
    // Not to be passed over with what it takes back.
    if (text.startsWith("ROLLBACK TO")) this.leave();
    const answer = new Promise<Answer>((done, failed) => {
      // What is asked for in one go leaves in one packet.
      if (this.gathered.length === 0) process.nextTick(() => this.leave());
      this.gathered.push({ text, values, name: statementName(text), done, failed });
    });
    // With the way of who asked, where it has that of the socket.
    return answer.catch((error: Error) => {
      Error.captureStackTrace(error);
      throw error;
    });
  }

  private leave(): void {
    if (this.gathered.length === 0) return;
    const packet = new Packet(this.gathered);
    this.gathered = [];
    this.client.query(packet);
  }

  private watched<T>(answer: Promise<T>): Promise<T> {
    answer.catch((error: unknown) => {
      if (!FOLLOWS.has(sqlState(error))) this.cause = error;
    });
    return answer;
  }
}
