import { beforeAll, expect, it } from "vitest";
import { database } from "@/tests/harness/database";
import { engine, isAway, peek, sql, type Tx } from ".";
import { attempt } from "./transaction";

// One connection, so that what a failed transaction leaves behind on it is met by the next.
await database({ max: 1 });
beforeAll(() => peek(sql`CREATE TABLE kept (what text PRIMARY KEY, n bigint, at timestamptz, more jsonb)`));

const keep = (tx: Tx, what: string) => tx.run(sql`INSERT INTO kept (what) VALUES (${what})`);
const kept = async () => (await peek<{ what: string }>(sql`SELECT what FROM kept ORDER BY what`)).map((r) => r.what);

it("answers each statement of one packet by itself, the first time and later", async () => {
  const at = new Date("2026-11-11T03:04:05.678Z");
  for (const what of ["first", "later"]) {
    const [count, rows, none, one] = await engine((tx) =>
      Promise.all([
        tx.run(sql`INSERT INTO kept (what, n, at, more) VALUES (${what}, ${7}, ${at}, ${'{"a":[1,null]}'})`),
        tx.rows(sql`SELECT what, n, at, more FROM kept WHERE what = ${what}`),
        tx.rows(sql`SELECT what FROM kept WHERE n = ${0}`),
        tx.one(sql`SELECT NULL::text AS nothing, ${["x", null]}::text[] AS list`),
      ]),
    );
    expect([count, none]).toEqual([1, []]);
    expect(rows).toEqual([{ what, n: 7, at, more: { a: [1, null] } }]);
    expect(one).toEqual({ nothing: null, list: ["x", null] });
  }
});

it("tells of a packet's failure only what failed, and can use afterwards what was passed over", async () => {
  const passedOver = (tx: Tx) => tx.one<{ n: number }>(sql`SELECT ${1}::int + ${2}::int AS n`);
  const ends = await engine(async (tx) => {
    const all = await Promise.allSettled([
      tx.one(sql`SELECT 1 AS n`),
      tx.one(sql`SELECT ${1}::int / ${0}::int AS n`),
      passedOver(tx),
    ]);
    expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
    // Sent before anybody knows that the one that it needs was never parsed.
    return Promise.all([tx.one(sql`SELECT ${1}::int / ${0}::int AS n`), passedOver(tx)]);
  }).catch((error: unknown) => error);
  expect(ends).toMatchObject({ code: "22012" });
  expect(await engine(passedOver)).toEqual({ n: 3 });
});

it("keeps what stood before a savepoint when what came after fails, asked for in the same breath", async () => {
  await engine(async (tx) => {
    tx.push(sql`INSERT INTO kept (what) VALUES ('before')`);
    const tried = await attempt(tx, async () => {
      tx.push(sql`INSERT INTO kept (what) VALUES ('within'), ('within')`);
      throw new TypeError("a bug");
    });
    expect(tried.ok).toBe(false);
    await keep(tx, "behind");
  });
  expect(await kept()).toEqual(expect.arrayContaining(["before", "behind"]));
  expect(await kept()).not.toContain("within");
});

it("fails the statement whose value cannot be written, and takes a better one afterwards", async () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const save = (more: unknown) =>
    engine(async (tx) => {
      await Promise.all([keep(tx, "beside"), tx.run(sql`UPDATE kept SET more = ${more} WHERE what = 'beside'`)]);
    });
  await expect(save(circle)).rejects.toThrow(/circular/i);
  expect(await kept()).not.toContain("beside");
  await save({ round: false });
  expect(await peek(sql`SELECT more FROM kept WHERE what = 'beside'`)).toEqual([{ more: { round: false } }]);
});

it("commits nothing without a pushed statement whose value cannot be written, and goes on where a savepoint took it back", async () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const spoil = (tx: Tx) => tx.push(sql`INSERT INTO kept (what, more) VALUES ('spoilt', ${circle})`);
  const pushing = engine(async (tx) => {
    spoil(tx);
    await keep(tx, "much later");
  });
  await expect(pushing).rejects.toThrow(/circular/i);
  const withCommit = engine(async (tx) => {
    await keep(tx, "in the last packet");
    spoil(tx);
  });
  await expect(withCommit).rejects.toThrow(/circular/i);
  await engine(async (tx) => {
    expect((await attempt(tx, async () => spoil(tx))).ok).toBe(false);
    await keep(tx, "taken back");
  });
  expect((await kept()).filter((what) => /spoilt|much|last|taken/.test(what))).toEqual(["taken back"]);
});

it("refuses a number that JavaScript would round", async () => {
  const read = engine((tx) => Promise.all([tx.one(sql`SELECT 9007199254740993 AS n`), tx.one(sql`SELECT 1 AS n`)]));
  await expect(read).rejects.toThrow("does not fit");
  expect(await engine((tx) => tx.one(sql`SELECT 2 AS n`))).toEqual({ n: 2 });
});

it("fails all that waits when the connection is lost", async () => {
  const ends = await engine((tx) =>
    Promise.allSettled([tx.one(sql`SELECT pg_terminate_backend(pg_backend_pid())`), tx.one(sql`SELECT 1 AS n`)]),
  ).catch((error: unknown) => error);
  expect(isAway(ends)).toBe(true);
  expect(await engine((tx) => tx.one(sql`SELECT 3 AS n`))).toEqual({ n: 3 });
});
