import { expect, it } from "vitest";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { firstIdOf } from "@/services/workspaces/first-id";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { listEvents } from "./list";

await database();
const names = async (own: Shop, filter: object) => {
  const listed = await call(listEvents, own.actor("ops"), filter);
  if (!listed.ok) throw new Error(JSON.stringify(listed));
  return listed.value.items.map(({ name }) => name);
};
async function keep(
  own: Shop,
  member: string,
  name: string,
  properties: object,
  at = new Date(),
  id: string = newId(),
) {
  await engine((tx) =>
    tx.run(sql`
      INSERT INTO event (workspace_id, id, member_id, message_id, type, name, properties, occurred_at, accepted_at)
      VALUES (${own.workspace}, ${id}, ${member}, ${id}, 'track', ${name}, ${JSON.stringify(properties)}::jsonb, ${at}, ${at})
      ON CONFLICT DO NOTHING`),
  );
}

it("finds accepted events by their order's number, all that are of that order, and by their message id", async () => {
  const own = await shop();
  const [member, other] = await members(own, 2);
  if (!member || !other) throw new Error("no member");
  const paid = event("order_paid", { order_id: "GL-7", amount: 100 });
  await accept(own, [{ member, event: paid }]);
  await dispatchAll();
  await keep(own, member, "order_paid", { order_id: "GL-7" });
  await keep(own, member, "order_refunded", { order_id: "GL-7" });
  await keep(own, member, "store_visit", {});
  await keep(own, other, "order_placed", { order_id: "GL-8" });
  await engine((tx) =>
    tx.run(sql`
      INSERT INTO event_key (workspace_id, message_id, event_id, body_hash, accepted_at)
      SELECT workspace_id, 'till-3 99', id, '', accepted_at FROM event WHERE workspace_id = ${own.workspace} AND name = 'order_placed'`),
  );
  expect((await names(own, { q: "GL-7" })).filter((name) => name !== "order_paid")).toEqual(["order_refunded"]);
  expect(await names(own, { q: "till-3 99" })).toEqual(["order_placed"]);
  expect(await names(own, { q: "Member 2" })).toEqual(["order_placed"]);
  expect(await names(await shop(), { q: "GL-7" })).toEqual([]);
});

it("narrows accepted events to a period", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const before = new Date(Date.now() - 3 * 86_400_000);
  await keep(own, member, "page_viewed", {}, before, firstIdOf(before));
  await keep(own, member, "store_visit", {});
  expect(await names(own, { within: "day" })).toEqual(["store_visit"]);
  expect(await names(own, { within: "week" })).toEqual(["store_visit", "page_viewed"]);
  expect(await names(own, { within: "week", order: "asc" })).toEqual(["page_viewed", "store_visit"]);
  // Days before ids knew any time, and after all of it.
  expect(await names(own, { to: "0020-02-29" })).toEqual([]);
  expect(await names(own, { from: "0020-02-29", to: "9999-12-30" })).toEqual(["store_visit", "page_viewed"]);
});
