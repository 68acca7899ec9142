import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { BinaryArray, elementOf } from "./arrays";
import { engine, peek, Sql, sql } from "./index";

await database();

const nullable = <T>(one: fc.Arbitrary<T>) => fc.array(fc.option(one), { maxLength: 40 });
// Postgres holds neither NUL nor half of a surrogate pair.
const text = fc.string({ unit: "binary" }).map((t) => t.replaceAll("\0", ""));
const KINDS = {
  uuid: fc.uuid(),
  text,
  jsonb: fc.oneof(fc.jsonValue(), text).map((value) => JSON.stringify(value).replaceAll(/\\u0000/g, "")),
  boolean: fc.boolean(),
  int: fc.integer(),
  bigint: fc.maxSafeInteger(),
  float8: fc.double({ noNaN: true }),
  timestamptz: fc.date({
    min: new Date("0001-01-02T00:00:00Z"),
    max: new Date("9999-12-31T00:00:00Z"),
    noInvalidDate: true,
  }),
};
type Kind = keyof typeof KINDS;

/** What Postgres reads of an array by the way that the tag takes, and by pg's own literals. */
async function readBoth(kind: Kind, values: readonly unknown[]): Promise<{ tagged: string; literal: string }> {
  const cast = `::${kind}[]::text AS read`;
  const [tagged] = await peek<{ read: string }>(new Sql(["SELECT ", cast], [values]));
  const [literal] = await peek<{ read: string }>(new Sql(["SELECT (", `)${cast}`], [values]));
  return { tagged: tagged?.read ?? "none", literal: literal?.read ?? "none" };
}

describe("an array", () => {
  it.each(Object.keys(KINDS) as Kind[])("of %s is read as its literal would be", async (kind) => {
    const all: fc.Arbitrary<(unknown | null)[]> = nullable<unknown>(KINDS[kind]);
    await fc.assert(
      fc.asyncProperty(all, async (values) => {
        const { tagged, literal } = await readBoth(kind, values);
        expect(tagged).toBe(literal);
      }),
      { numRuns: 60, examples: kind === "float8" ? [[[-0]]] : [] },
    );
  });

  it("travels in binary form when a cast says what it holds", () => {
    const of = (part: Sql) => part.unfold().values[0];
    expect(of(sql`SELECT ${[newId()]}::uuid[]`)).toBeInstanceOf(BinaryArray);
    expect(of(sql`SELECT ${["2026-11-22"]}::date[]`)).toEqual(["2026-11-22"]);
    expect(of(sql`SELECT ${"{}"}::uuid[]`)).toBe("{}");
    expect(["::text[] AS x", "::text", ")::text[]", "::constructor[]", ""].map(elementOf)).toEqual([
      "text",
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("with a value of another kind is read, or complained of, as its literal would be", async () => {
    const [row] = await peek<{ read: string[] }>(sql`SELECT ${["a", 1, true]}::text[] AS read`);
    expect(row?.read).toEqual(["a", "1", "true"]);
    await expect(peek(sql`SELECT ${["no uuid"]}::uuid[]`)).rejects.toMatchObject({ code: "22P02" });
    await expect(peek(sql`SELECT ${[2 ** 31]}::int[]`)).rejects.toMatchObject({ code: "22003" });
    await expect(peek(sql`SELECT ${["{"]}::jsonb[]`)).rejects.toMatchObject({ code: "22P02" });
    await expect(peek(sql`SELECT ${["a\0b"]}::text[]`)).rejects.toMatchObject({ code: "22021" });
  });

  it("keeps its own bytes beside others of one transaction, however large they are", async () => {
    const large = Array.from({ length: 300 }, (_, i) => `${i} 常客 ${"x".repeat(20_000)}`);
    const small = Array.from({ length: 300 }, (_, i) => `small ${i}`);
    const all = [large, small, large.slice(1), small.slice(1)];
    const read = await engine((tx) =>
      Promise.all(all.map((texts) => tx.one<{ texts: string[] }>(sql`SELECT ${texts}::text[] AS texts`))),
    );
    expect(read.map((row) => row?.texts)).toEqual(all);
  });
});
