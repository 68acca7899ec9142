import { expect, it } from "vitest";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { nextLook } from "./queue-looks";

await database();

const TIMEOUT_MS = 7_000;
const records = async () => ({ is: "unknown" }) as const;
/** Seconds from a message's claim to the sender's next look. */
const nextIn = async ({ workspace }: Shop, find?: typeof records) => {
  const accounts = [{ name: "sandbox", timeoutMs: TIMEOUT_MS, ...(find && { find }) }];
  const [next] = await engine((tx) =>
    tx.rows<{ s: number | null }>(sql`
      SELECT extract(epoch FROM (${nextLook(workspace, "sms", accounts)}) - (SELECT claimed_at FROM message WHERE workspace_id = ${workspace}))::float8 AS s`),
  );
  return next?.s ?? null;
};
async function claimed(own: Shop, { state, isCalled }: { state: string; isCalled: boolean }): Promise<void> {
  const [member] = await members(own, 1);
  await engine((tx) =>
    tx.run(sql`
      INSERT INTO message (workspace_id, id, member_id, channel, purpose, state, content, queued_at, not_before, expires_at, claimed_at, called_at)
      SELECT ${own.workspace}, ${newId()}, ${member}, 'sms', 'service', ${state}, '{}', now, now, now + interval '1 day', now, CASE WHEN ${isCalled} THEN now END
      FROM (SELECT date_trunc('second', now()) AS now) AS clock`),
  );
}

it("has nothing to look for again where no message waits, so that its sender sleeps", async () => {
  expect(await nextIn(await shop(), records)).toBeNull();
});

it("looks when a claim that never began goes back, when one that did is in doubt, and when its provider's records can be asked", async () => {
  for (const [state, isCalled, find, seconds] of [
    ["claimed", false, undefined, 10],
    ["claimed", true, undefined, TIMEOUT_MS / 1000 + 60],
    ["unknown", true, records, TIMEOUT_MS / 1000 + 60],
    ["unknown", true, undefined, null],
  ] as const) {
    const own = await shop();
    await claimed(own, { state, isCalled });
    expect([state, isCalled, await nextIn(own, find)]).toEqual([state, isCalled, seconds]);
  }
});
