import { expect, it } from "vitest";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database, meanwhile } from "@/tests/harness/database";
import { shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { actorFromApiKey } from "./actor-from-key";
import { revokeKey } from "./keys";
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
