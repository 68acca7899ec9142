import { expect, it } from "vitest";
import { engine, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { shop } from "@/tests/harness/shop";
import { nextLook } from "./queue-looks";

await database();

it("has nothing to look for again where no message waits, so that its sender sleeps", async () => {
  const { workspace } = await shop();
  const next = await engine((tx) =>
    tx.rows<{ at: Date | null }>(sql`SELECT (${nextLook(workspace, "sms", ["sandbox"], true)}) AS at`),
  );
  expect(next).toEqual([{ at: null }]);
});
