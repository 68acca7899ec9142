import { expect, it, onTestFinished } from "vitest";
import { broadcastConductor } from "@/core/ids";
import { engine, listen, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { published, republish, value } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { call } from "../access/use-case";
import { broadcastTurn } from "../engine/entering/broadcast";
import { pauseBroadcast, resumeBroadcast } from "./control";
import { listBroadcasts } from "./list";

await database();

const yearly = (day: number) => ({
  name: "Yearly",
  entry: "t",
  nodes: [
    {
      id: "t",
      kind: "on-schedule",
      config: { cron: `0 9 ${day} 1 *`, zone: "", segment: "", when: { all: [] }, perMinute: 0 },
    },
    { id: "tag", kind: "tag", config: { tag: "reached", action: "add" } },
  ],
  edges: [{ from: "t", port: "next", to: "tag" }],
  settings: {},
});
const waiting = async (own: Shop, journey: string) => {
  const { items } = value(await call(listBroadcasts, own.actor(), { journey }));
  return items.filter(({ state }) => state === "waiting").map(({ id }) => id);
};

it("ends who waits for a broadcast that a publish planned anew, as it is published and not at its instant", async () => {
  const own = await shop();
  const { id: journey } = await published(own, yearly(1));
  const [before] = await waiting(own, journey);
  if (!before) throw new Error("nothing waits");
  const told = new Set<string>();
  const unlisten = await listen(
    ["start", "bell"],
    (_, whom) => told.add(whom),
    () => {},
  );
  onTestFinished(unlisten);
  await republish(own, journey, yearly(2));
  const [after, ...more] = await waiting(own, journey);
  expect([after === before, more]).toEqual([false, []]);
  const rung = (id = "") => `${own.workspace} ${broadcastConductor(id)}`;
  // Notifications of one transaction come in their order.
  await until(async () => told.has(rung(after)), { what: "the ring for the new one" });
  expect(told).toContain(rung(before));
  expect(await broadcastTurn(own.workspace, before)).toEqual({ is: "over" });
});

const once = (day: string, tag: string) => ({
  name: "Once",
  entry: "t",
  nodes: [
    { id: "t", kind: "on-broadcast", config: { at: `${day}T09:00`, segment: "", when: tagged(tag), perMinute: 0 } },
    { id: "tag", kind: "tag", config: { tag: "reached", action: "add" } },
  ],
  edges: [{ from: "t", port: "next", to: "tag" }],
  settings: {},
});
const tagged = (tag: string) => ({ all: [{ field: "member.tags", is: "contains", value: tag }] });
const all = async (own: Shop, journey: string) => {
  const { items } = value(await call(listBroadcasts, own.actor(), { journey }));
  return items.map(({ id, state, startsAt }) => ({ id, state, at: startsAt.toISOString().slice(0, 10) })).reverse();
};
const halt = async (own: Shop, journey: string) => {
  const [id] = await waiting(own, journey);
  value(await call(pauseBroadcast, own.actor(), { broadcast: id }));
  return id;
};
const reachOf = async (id: string | undefined) =>
  engine((tx) => tx.one<{ audience: { when: unknown } }>(sql`SELECT audience FROM broadcast WHERE id = ${id}`));

it("plans one anew that somebody halted before it began, and it stays halted: nothing comes twice, or against the halt", async () => {
  const own = await shop();
  const { id: journey } = await published(own, once("2031-01-02", "old"));
  const first = await halt(own, journey);
  await republish(own, journey, once("2031-01-03", "old"));
  const [before, moved, ...more] = await all(own, journey);
  expect([before?.state, moved?.state, moved?.at, more]).toEqual(["cancelled", "paused", "2031-01-03", []]);
  expect(before?.id).toBe(first);
  expect(await call(resumeBroadcast, own.actor(), { broadcast: first })).toMatchObject({ reason: "conflict" });
  value(await call(resumeBroadcast, own.actor(), { broadcast: moved?.id }));
  expect(await waiting(own, journey)).toEqual([moved?.id]);
});

it("lets one that was halted go on at its instant for whom the new version reaches, also where that has passed", async () => {
  const own = await shop();
  const { id: journey } = await published(own, once("2031-01-02", "old"));
  const halted = await halt(own, journey);
  await republish(own, journey, once("2031-01-02", "new"));
  expect(await all(own, journey)).toMatchObject([{ id: halted, state: "paused" }]);
  expect((await reachOf(halted))?.audience.when).toEqual(tagged("new"));
  const passed = new Date("2021-01-02T01:00:00Z");
  await engine((tx) => tx.run(sql`UPDATE broadcast SET starts_at = ${passed} WHERE id = ${halted}`));
  await republish(own, journey, once("2021-01-02", "newest"));
  expect(await all(own, journey)).toMatchObject([{ id: halted, state: "paused" }]);
  expect((await reachOf(halted))?.audience.when).toEqual(tagged("newest"));
});

it("halts a schedule's next round where the one before it was halted, and a trigger of another kind plans none", async () => {
  const own = await shop();
  const { id: journey } = await published(own, yearly(1));
  await halt(own, journey);
  await republish(own, journey, yearly(2));
  expect((await all(own, journey)).map(({ state }) => state)).toEqual(["cancelled", "paused"]);
  const byEvent = yearly(3);
  byEvent.nodes[0] = { id: "t", kind: "on-event", config: { event: "order_paid", when: { all: [] } } } as never;
  await republish(own, journey, byEvent);
  expect((await all(own, journey)).map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
});
