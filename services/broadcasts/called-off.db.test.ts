import { expect, it, onTestFinished } from "vitest";
import { broadcastConductor } from "@/core/ids";
import { listen } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { published, republish, value } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { call } from "../access/use-case";
import { broadcastTurn } from "../engine/entering/broadcast";
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
