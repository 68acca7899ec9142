import { BinaryArray, type Element, elementOf } from "./arrays";

/** A query or a part of one: text with $n places, and their values. Built only by the `sql` tag, so values never reach the text. */
export class Sql {
  constructor(
    readonly parts: readonly string[],
    readonly values: readonly unknown[],
  ) {}

  /** The text and values as pg takes them, nested parts unfolded. */
  unfold(): { text: string; values: unknown[] } {
    // A template without nested parts has one text for all its values.
    const known = texts.get(this.parts);
    if (known !== undefined && !this.values.some((value) => value instanceof Sql))
      return { text: known, values: this.values.map((value, i) => this.parameter(value, i)) };
    const values: unknown[] = [];
    const write = (query: Sql): string => {
      let text = query.parts[0] ?? "";
      query.values.forEach((value, i) => {
        text += value instanceof Sql ? write(value) : `$${values.push(query.parameter(value, i))}`;
        text += query.parts[i + 1] ?? "";
      });
      return text;
    };
    const text = write(this);
    if (values.length === this.values.length) texts.set(this.parts, text);
    return { text, values };
  }

  private parameter(value: unknown, place: number): unknown {
    if (!Array.isArray(value)) return value;
    let kinds = elements.get(this.parts);
    if (!kinds) {
      kinds = this.parts.slice(1).map(elementOf);
      elements.set(this.parts, kinds);
    }
    const kind = kinds[place];
    return kind === undefined ? value : new BinaryArray(kind, value);
  }
}

// By the template's own array of parts, which is the same at each call.
const texts = new WeakMap<readonly string[], string>();
const elements = new WeakMap<readonly string[], (Element | undefined)[]>();

export const sql = (parts: TemplateStringsArray, ...values: unknown[]): Sql => new Sql(parts, values);

/** Joins parts with a separator: `join(conditions, " AND ")`. */
export function join(queries: readonly Sql[], separator = ", "): Sql {
  if (queries.length === 0) return new Sql([""], []);
  return new Sql(["", ...queries.slice(1).map(() => separator), ""], [...queries]);
}

/** A name that the code chose (column, table), quoted. Never give it input. */
export const name = (identifier: string): Sql => new Sql([`"${identifier.replaceAll('"', '""')}"`], []);

/** JSON for a jsonb place: pg would write a JavaScript array as a Postgres array. */
export const json = (value: unknown): string => JSON.stringify(value ?? null);
