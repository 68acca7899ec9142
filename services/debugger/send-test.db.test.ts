import { expect, it } from "vitest";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { dispatchAll, liveJourney, members } from "@/tests/harness/journey";
import { line, tagged } from "@/tests/harness/line";
import { shop } from "@/tests/harness/shop";
import { sendTestEvent } from "./send-test";

await database();

const order = { event: "order_paid", properties: { order_id: "T-1", amount: 12_800 } };

it("goes the way of every event, marked as a test with who sent it", async () => {
  const own = await shop();
  const { id } = await liveJourney(own, line([tagged("t", "tested")]));
  const sent = await call(sendTestEvent, own.actor("marketer"), { ...order, who: { userId: "trial-1" } });
  expect(sent).toMatchObject({ ok: true });
  await dispatchAll();
  expect(await peek(sql`SELECT member_id AS member FROM run WHERE journey_id = ${id}`)).toEqual([
    { member: sent.ok && sent.value.member },
  ]);
  expect(
    await peek(
      sql`SELECT properties ->> 'amount' AS amount, context ->> 'isTest' AS test, context ->> 'sentBy' AS by FROM event WHERE workspace_id = ${own.workspace}`,
    ),
  ).toEqual([{ amount: "12800", test: "true", by: expect.stringContaining(":") }]);
  expect(
    await peek(sql`SELECT action FROM audit WHERE workspace_id = ${own.workspace} AND action = 'event.tested'`),
  ).toHaveLength(1);
});

it("means the very member it names, whatever they are known by", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  await peek(sql`DELETE FROM identity WHERE member_id = ${member}`);
  expect(await call(sendTestEvent, own.actor(), { ...order, who: { member } })).toMatchObject({ reason: "conflict" });
  await peek(
    sql`INSERT INTO identity (workspace_id, kind, value, member_id) VALUES (${own.workspace}, 'phone', '+8613900000001', ${member})`,
  );
  expect(await call(sendTestEvent, own.actor(), { ...order, who: { member } })).toMatchObject({ value: { member } });
});

it("is refused with what would be right, and leaves nothing behind", async () => {
  const own = await shop();
  const bad = { event: "order_paid", properties: { amount: "many" }, who: { userId: "trial-1" } };
  expect(await call(sendTestEvent, own.actor(), bad)).toMatchObject({ reason: "invalid" });
  const told = { event: "coupon_issued", properties: {}, who: { userId: "trial-1" } };
  expect(await call(sendTestEvent, own.actor(), told)).toMatchObject({ reason: "invalid", path: ["event"] });
  const [other] = await members(await shop(), 1);
  expect(await call(sendTestEvent, own.actor(), { ...order, who: { member: other } })).toMatchObject({
    reason: "not_found",
  });
  expect(await peek(sql`SELECT 1 FROM event WHERE workspace_id = ${own.workspace}`)).toEqual([]);
  expect(await peek(sql`SELECT 1 FROM dead_letter WHERE workspace_id = ${own.workspace}`)).toEqual([]);
});

it("is not for those who may only look", async () => {
  const own = await shop();
  expect(await call(sendTestEvent, own.actor("viewer"), { ...order, who: { userId: "trial-1" } })).toMatchObject({
    reason: "not_allowed",
  });
});
