import { describe, expect, it } from "vitest";
import { engine, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database, meanwhile } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import type { Actor } from "./actor";
import { actorFromApiKey } from "./actor-from-key";
import { createKey, revokeKey, rotateKey } from "./keys";
import { makeKey } from "./make-key";
import { call } from "./use-case";

await database();

it("refuses a revoked key at once, also when it was used between the revocation and its commit", async () => {
  const own = await shop();
  const made = await engine((tx) =>
    makeKey(tx, own.workspace, { id: newId(), kind: "secret", name: "till", scopes: [], madeBy: null }),
  );
  const revoked = await engine(async (tx) => {
    // The audit's line comes last: until this lock is gone the revocation is made and not yet committed.
    await tx.run(sql`LOCK TABLE audit IN EXCLUSIVE MODE`);
    const revoking = meanwhile(() => call(revokeKey, own.actor(), { key: made.id }));
    await until(async () =>
      tx
        .one(sql`SELECT FROM pg_locks WHERE relation = 'audit'::regclass AND NOT granted`)
        .then((row) => row !== undefined),
    );
    expect(await meanwhile(() => actorFromApiKey(made.key))).toMatchObject({ key: made.id });
    return { revoking };
  });
  expect(await revoked.revoking).toMatchObject({ ok: true });
  expect(await actorFromApiKey(made.key)).toBeUndefined();
});

describe("whoever may make keys makes none that may more than they do", () => {
  const small = (own: Shop): Actor => ({
    as: "key",
    workspace: own.workspace,
    key: newId(),
    scopes: ["key.read", "key.write"],
    name: "small",
  });

  it.each([
    ["secret", "*"],
    ["secret", "member.read"],
    ["write", "server"],
  ] as const)("a %s key for %s: neither by making it nor by rotating it", async (kind, scope) => {
    const own = await shop();
    const wanted = { kind, name: "more", scopes: [scope] };
    expect(await call(createKey, small(own), wanted)).toMatchObject({ ok: false, reason: "not_allowed" });
    const made = await call(createKey, own.actor(), wanted);
    if (!made.ok) throw new Error(made.detail);
    expect(await call(rotateKey, small(own), { key: made.value.id })).toMatchObject({
      ok: false,
      reason: "not_allowed",
    });
    expect(await peek(sql`SELECT 1 FROM api_key WHERE id = ${made.value.id} AND revoked_at IS NULL`)).toHaveLength(1);
    expect(await call(rotateKey, own.actor(), { key: made.value.id })).toMatchObject({ ok: true });
  });
});
