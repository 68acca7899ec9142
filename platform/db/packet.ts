import pg from "pg";
import { type Asked, Shape, type Statement, type Types, type Wire, wireOf } from "./wire";

/** An earlier statement failed; only its error tells why. */
export const ABORTED = "25P02";

type Described = { fields: pg.FieldDef[] };

/**
 * Statements that leave together and are answered together: one write, one Sync and one waking of the other side for all of them, where pg has one
 * for each. Each settles by itself. Behind one that fails the server passes over the others, which fail as in any aborted transaction. To pg's client
 * it is a query, to which it hands each message that comes.
 */
export class Packet extends pg.Query {
  private readonly statements: Statement[];
  private next = 0;
  private wire: Wire | undefined;
  /** Set by the client: how values are read. */
  declare _result: { _types: Types };
  /** The client notes under this name and text that the statement whose turn it is was parsed. */
  declare name: string | undefined;
  declare text: string | undefined;

  constructor(asked: readonly Asked[]) {
    super("", () => {});
    this.statements = asked.map((one) => ({ ...one, rows: [] }));
  }

  override submit = (connection: pg.Connection): null => {
    this.wire = wireOf(connection);
    this.wire.send(this.statements);
    this.turnTo(0);
    return null;
  };

  private turnTo(place: number): void {
    this.next = place;
    this.name = this.statements[place]?.name;
    this.text = this.statements[place]?.text;
  }

  handleRowDescription({ fields }: Described): void {
    const one = this.statements[this.next];
    if (one) this.wire?.learn(one, new Shape(fields, this._result._types));
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const one = this.statements[this.next];
    if (!one?.shape || one.broken !== undefined) return;
    try {
      one.rows.push(one.shape.read(fields));
    } catch (error) {
      one.broken = error;
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const one = this.statements[this.next];
    if (!one) return;
    this.turnTo(this.next + 1);
    if (one.shape === undefined) this.wire?.learn(one, null);
    if (one.broken instanceof Error) one.failed(one.broken);
    else one.done({ rows: one.rows, count: Number(/\d+$/.exec(text)?.[0] ?? 0) });
  }

  handleEmptyQuery(): void {
    this.handleError(new TypeError("a statement without words"));
  }

  handleError(error: Error): void {
    const [failing, ...others] = this.statements.slice(this.next);
    this.turnTo(this.statements.length);
    if (failing) this.fail(failing, error);
    // A lost connection is everybody's error, a statement's its own.
    for (const one of others) this.fail(one, error instanceof pg.DatabaseError ? aborted() : error);
  }

  private fail(one: Statement, error: Error): void {
    this.wire?.unparsed(one);
    one.failed(error);
  }

  handleReadyForQuery(): void {
    if (this.next < this.statements.length) this.handleError(new Error("a statement was left without an answer"));
  }
}

function aborted(): pg.DatabaseError {
  const error = new pg.DatabaseError("current transaction is aborted, a statement before this one failed", 0, "error");
  error.code = ABORTED;
  return error;
}
