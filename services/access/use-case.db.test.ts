import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { z } from "zod";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { shop } from "@/tests/harness/shop";
import { call, useCase } from "./use-case";

await database();

/** Notes the order it was given, then asks outside. */
const asking = (outside: () => Promise<Outcome<never> | undefined>) =>
  useCase({
    may: "journey.write",
    input: z.strictObject({ name: z.string() }),
    audit: "message.tested",
    async run({ tx, actor: { workspace }, afterwards }, { name }) {
      await tx.run(sql`UPDATE workspace SET name = ${name} WHERE id = ${workspace}`);
      afterwards(outside);
      return ok({ name });
    },
  });
const nameOf = async (workspace: string) =>
  (await peek<{ name: string }>(sql`SELECT name FROM workspace WHERE id = ${workspace}`))[0]?.name;

it("asks outside once its transaction has committed, and answers what came of it", async () => {
  const own = await shop();
  const seen: unknown[] = [];
  const fine = asking(async () => {
    seen.push(await nameOf(own.workspace));
    return undefined;
  });
  expect(await call(fine, own.actor(), { name: "before" })).toEqual(ok({ name: "before" }));
  expect(seen).toEqual(["before"]);
  const refused = asking(async () => refuse("refused", "not today"));
  expect(await call(refused, own.actor(), { name: "kept" })).toMatchObject({ reason: "refused" });
  expect(await nameOf(own.workspace)).toBe("kept");
});

it("asks outside once for a key: a twin is told that it is under way, and later what came of it", async () => {
  const own = await shop();
  const idempotency = { route: "POST /test", key: randomUUID() };
  const again = () => call(slow, own.actor(), { name: "n" }, { idempotency });
  let asked = 0;
  let twin: unknown;
  const slow = asking(async () => {
    asked++;
    twin = await again();
    return refuse("refused", "not today");
  });
  expect(await again()).toMatchObject({ reason: "refused" });
  expect(twin).toMatchObject({ reason: "busy" });
  expect(await again()).toMatchObject({ reason: "refused" });
  expect(asked).toBe(1);
});

it("does not begin again for a key whose process died outside", async () => {
  const own = await shop();
  const idempotency = { route: "POST /test", key: randomUUID() };
  let asked = 0;
  const dying = asking(async () => {
    asked++;
    throw new Error("killed");
  });
  const ask = () => call(dying, own.actor(), { name: "n" }, { idempotency });
  await expect(ask()).rejects.toThrow("killed");
  expect(await ask()).toMatchObject({ reason: "busy" });
  expect(asked).toBe(1);
});

/** Notes a name; the taken one is refused, after it was written. */
const naming = (before: () => Promise<void> = async () => {}) =>
  useCase({
    may: "journey.write",
    input: z.strictObject({ name: z.string() }),
    audit: "message.tested",
    async run({ tx, actor: { workspace } }, { name }) {
      await tx.run(sql`UPDATE workspace SET name = ${name} WHERE id = ${workspace}`);
      await before();
      return name === "taken" ? refuse("conflict", "this name is taken") : ok({ name });
    },
  });
const kept = (workspace: string) => peek(sql`SELECT key FROM idempotency WHERE workspace_id = ${workspace}`);

it("keeps no refusal for a key: it is tried again as it was, and with what is right, and from then on is this answer's", async () => {
  const own = await shop();
  const before = await nameOf(own.workspace);
  const idempotency = { route: "POST /test", key: randomUUID() };
  const ask = (name: string) => call(naming(), own.actor(), { name }, { idempotency });
  for (let n = 0; n < 2; n++) expect(await ask("taken")).toMatchObject({ reason: "conflict" });
  expect([await nameOf(own.workspace), await kept(own.workspace)]).toEqual([before, []]);
  expect(await ask("free")).toEqual(ok({ name: "free" }));
  expect(await ask("free")).toEqual(ok({ name: "free" }));
  expect(await ask("taken")).toMatchObject({ reason: "key_reused" });
});

it("lets one of several with one key at once act, whichever of them are refused", async () => {
  const own = await shop();
  const idempotency = { route: "POST /test", key: randomUUID() };
  let acted = 0;
  const counted = naming(async () => {
    acted++;
  });
  let refused: Promise<Outcome<unknown>> | undefined;
  let goOn = () => {};
  const stays = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await new Promise<void>((isIn) => {
    const slow = naming(() => {
      isIn();
      return stays;
    });
    refused = call(slow, own.actor(), { name: "taken" }, { idempotency });
  });
  const twins = Array.from({ length: 8 }, () => call(counted, own.actor(), { name: "free" }, { idempotency }));
  goOn();
  expect(await refused).toMatchObject({ reason: "conflict" });
  expect(await Promise.all(twins)).toEqual(twins.map(() => ok({ name: "free" })));
  expect(acted).toBe(1);
});
