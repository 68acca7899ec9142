import { expect, it } from "vitest";
import { peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";

await database();

const DAY = 86_400_000;
const dayFromNow = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
const date = (name: string) => ({
  date: `member.attributes.${name}`,
  returns: "once",
  days: 0,
  time: "10:00",
  leapDay: "feb28",
});
const alone = { id: "w", kind: "wait-date", config: date("appointment") };
const several = {
  id: "w",
  kind: "wait-first",
  config: {
    events: ["appointment", "delivery"].map((name) => ({ id: name, is: "date", ...date(name) })),
    within: "P30D",
  },
};
const drawing = (wait: object) => ({
  name: "a day",
  entry: "t",
  nodes: [{ id: "t", kind: "on-event", config: { event: "order_paid", when: { all: [] } } }, wait],
  edges: [{ from: "t", port: "next", to: "w" }],
  settings: { reentry: { is: "always" } },
});

/** By which way a run leaves its wait whose day was yesterday and that nobody has moved yet, when this is said of its member today. */
async function leftBy(wait: object, traits: Record<string, unknown>) {
  const own = await shop();
  const journey = await liveJourney(own, drawing(wait));
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const told = (traits: Record<string, unknown>) => ({
    member,
    event: { ...event("identified"), type: "identify" as const, traits },
  });
  await accept(own, [told({ appointment: dayFromNow(2), delivery: dayFromNow(20) })]);
  await dispatchAll();
  await accept(own, [{ member, event: event("order_paid") }]);
  await dispatchAll();
  await conductAll(journey.shard);
  await peek(sql`
    UPDATE run SET parked_at = parked_at - interval '4 days', due_at = due_at - interval '4 days' WHERE journey_id = ${journey.id}`);
  await accept(own, [told(traits)]);
  await dispatchAll();
  await conductAll(journey.shard);
  const left = await peek<{ port: string }>(
    sql`SELECT port FROM journal WHERE workspace_id = ${own.workspace} AND step = 'w.start'`,
  );
  return left.map(({ port }) => port);
}

it.each([
  ["to a day before it began to wait", { appointment: "2020-01-01" }],
  ["to a day to come", { appointment: dayFromNow(9) }],
  ["away", { appointment: null }],
  ["to another zone's clocks", { timeZone: "Pacific/Honolulu" }],
])("leaves by the day that had come, though an event moved it %s afterwards", async (_, traits) => {
  expect(await leftBy(alone, traits)).toEqual(["reached"]);
});

it("of several days leaves by the one that had come, though an event brought another forward afterwards", async () => {
  expect(await leftBy(several, { appointment: dayFromNow(9), delivery: dayFromNow(-3) })).toEqual(["appointment"]);
  expect(await leftBy(several, { appointment: null })).toEqual(["appointment"]);
});
