import type pg from "pg";
import utils from "pg/lib/utils.js";

/** A statement as it is asked for; one without a name is parsed each time. */
export type Asked = {
  text: string;
  values: unknown[];
  name: string | undefined;
  done(answer: Answer): void;
  failed(error: Error): void;
};
/** `count`: how many rows were read or written. */
export type Answer = { rows: unknown[]; count: number };
/** On its way: with the rows that have come, or why one of them cannot be read. `shape`: what they are like; null where there are none. */
export type Statement = Asked & { rows: unknown[]; broken?: unknown; shape?: Shape | null | undefined };
/** How values are read, by their type. */
export type Types = { getTypeParser(oid: number, format: "text"): (text: string) => unknown };

const wires = new WeakMap<pg.Connection, Wire>();
export function wireOf(connection: pg.Connection): Wire {
  const wire = wires.get(connection) ?? new Wire(connection);
  wires.set(connection, wire);
  return wire;
}

type Noted = Record<string, string>;
/** Of no statement. */
const UNWRITABLE = "a statement with a value that cannot be written";
/** The client's side of the protocol. */
type Writer = {
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: unknown[]; valueMapper(value: unknown): unknown }): void;
  describe(message: { type: "P" }): void;
  execute(): void;
  sync(): void;
};

/** A connection as packets use it. */
export class Wire {
  /** By the statement's name: the server is asked only once. */
  private readonly shapes = new Map<string, Shape | null>();
  /** What pg's client notes: statements that were parsed, and those that are on their way to be. */
  private readonly parsed: Noted;
  private readonly submitted: Noted;
  /** The connection, but messages stay here until all are written. */
  private readonly writer: Writer;
  private written: Buffer[] = [];

  constructor(private readonly connection: pg.Connection) {
    const notes = connection as unknown as { parsedStatements: Noted; submittedNamedStatements: Noted };
    [this.parsed, this.submitted] = [notes.parsedStatements, notes.submittedNamedStatements];
    this.writer = Object.create(connection, { _send: { value: (message: Buffer) => this.written.push(message) } });
  }

  send(statements: readonly Statement[]): void {
    for (const one of statements) this.write(one);
    this.writer.sync();
    const packet = Buffer.concat(this.written);
    this.written = [];
    if (this.connection.stream.writable) this.connection.stream.write(packet);
  }

  private write(one: Statement): void {
    const { name = "", text, values } = one;
    const before = this.written.length;
    const isNew = name === "" || !(name in this.parsed || name in this.submitted);
    try {
      if (isNew) this.writer.parse({ name, text });
      this.writer.bind({ statement: name, values, valueMapper: utils.prepareValue });
    } catch (error) {
      this.written.length = before;
      one.failed(error instanceof Error ? error : new TypeError(String(error)));
      // The server aborts the transaction, as over any other statement that fails: nothing is committed without this one.
      this.writer.bind({ statement: UNWRITABLE, values: [], valueMapper: utils.prepareValue });
      this.writer.execute();
      return;
    }
    if (isNew && name !== "") this.submitted[name] = text;
    one.shape = this.shapes.get(name);
    if (one.shape === undefined) this.writer.describe({ type: "P" });
    this.writer.execute();
  }

  learn(one: Statement, shape: Shape | null): void {
    one.shape = shape;
    if (one.name !== undefined) this.shapes.set(one.name, shape);
  }

  /** Said of one that failed or was passed over: if it was still to be parsed, it was not. */
  unparsed({ name }: Statement): void {
    if (name !== undefined) delete this.submitted[name];
  }
}

/** How a statement's rows are read. */
export class Shape {
  private readonly columns: { name: string; parse(text: string): unknown }[];

  constructor(fields: readonly pg.FieldDef[], types: Types) {
    this.columns = fields.map(({ name, dataTypeID }) => ({ name, parse: types.getTypeParser(dataTypeID, "text") }));
  }

  read(values: readonly (string | null)[]): Record<string, unknown> {
    const row: Record<string, unknown> = {};
    for (let i = 0; i < this.columns.length; i++) {
      const column = this.columns[i];
      const value = values[i];
      if (column) row[column.name] = value === null || value === undefined ? null : column.parse(value);
    }
    return row;
  }
}
