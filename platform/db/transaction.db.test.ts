import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, expect, it } from "vitest";
import type { WorkspaceId } from "@/core/ids";
import { database } from "@/tests/harness/database";
import { Again, engine, inTime, listen, peek, query, sql, type Tx } from ".";

await database();
beforeAll(() => peek(sql`CREATE TABLE trace (what text PRIMARY KEY)`));

const note = (tx: Tx, what: string) => tx.run(sql`INSERT INTO trace (what) VALUES (${what})`);
const noted = async () => (await peek<{ what: string }>(sql`SELECT what FROM trace ORDER BY what`)).map((r) => r.what);

it("keeps nothing of a branch that goes on after another has thrown", async () => {
  let wentOn: unknown;
  const slow = async (tx: Tx): Promise<void> => {
    await pause(50);
    wentOn = await note(tx, "outside").catch((error: unknown) => error);
  };
  const quick = async (tx: Tx): Promise<void> => {
    await note(tx, "inside");
    throw new TypeError("a bug");
  };
  await expect(engine((tx) => Promise.all([slow(tx), quick(tx)]))).rejects.toThrow("a bug");
  await expect.poll(() => wentOn).toBeInstanceOf(Error);
  expect(await noted()).toEqual([]);
});

it("begins again with nothing of the attempt before", async () => {
  let attempts = 0;
  await engine(async (tx) => {
    attempts++;
    const first = attempts === 1;
    await Promise.all([
      note(tx, "twice tried").then(() => (first ? Promise.reject(new Again("once more")) : undefined)),
      pause(first ? 20 : 0).then(() => note(tx, `late ${attempts}`)),
    ]);
  });
  await pause(60);
  expect(await noted()).toEqual(["late 2", "twice tried"]);
});

it("tells the error that aborted it, not that it is aborted", async () => {
  await expect(
    engine(async (tx) => {
      tx.push(sql`SELECT 1 / 0`);
      await note(tx, "behind");
    }),
  ).rejects.toMatchObject({ code: "22012" });
  expect(await noted()).not.toContain("behind");
});

it("says what is asked for behind the commit once it holds, and nothing when it does not", async () => {
  const heard: string[] = [];
  const unlisten = await listen(
    ["told"],
    (_, payload) => heard.push(payload),
    () => {},
  );
  const tell = (tx: Tx, what: string) =>
    tx.after(sql`SELECT pg_notify('told', ${what} || count(*)) FROM trace WHERE what = ${what}`);
  await expect(
    engine(async (tx) => {
      tell(tx, "failed ");
      throw new TypeError("a bug");
    }),
  ).rejects.toThrow("a bug");
  await engine(async (tx) => {
    tell(tx, "kept ");
    tx.after(sql`SELECT 1 / 0`);
    await note(tx, "kept ");
  });
  await expect.poll(() => heard).toEqual(["kept 1"]);
  expect(await engine((tx) => tx.rows(sql`SELECT 1 AS n`))).toEqual([{ n: 1 }]);
  await unlisten();
});

it("goes on without what took longer than it was worth, and with its own patience afterwards", async () => {
  const workspace = randomUUID() as WorkspaceId;
  const timeout = (tx: Tx) => tx.one<{ is: string }>(sql`SELECT current_setting('statement_timeout') AS is`);
  await query(workspace, async (tx) => {
    expect(await inTime(tx, 50, () => tx.one(sql`SELECT pg_sleep(20)`))).toBeUndefined();
    expect(await timeout(tx)).toEqual({ is: "30s" });
    expect(await inTime(tx, 5_000, () => timeout(tx))).toEqual({ is: "5s" });
    expect(await timeout(tx)).toEqual({ is: "30s" });
    await expect(inTime(tx, 5_000, () => tx.one(sql`SELECT 1 / 0`))).rejects.toMatchObject({ code: "22012" });
  });
});
