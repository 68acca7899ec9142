import { expect, it } from "vitest";
import type { JourneyId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { members, runsOf } from "@/tests/harness/journey";
import { published, value } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { call } from "../access/use-case";
import { broadcastTurn } from "../engine/entering/broadcast";
import { cancelBroadcast, pauseBroadcast, startBroadcast } from "./control";
import { getBroadcast, listBroadcasts } from "./list";

await database();

const FIVE_MINUTES = 300_000;
const audience = { segment: "", when: { all: [] }, perMinute: 0 };
const drawing = (kind: string, config: object) => ({
  name: kind,
  entry: "t",
  nodes: [
    { id: "t", kind, config: { ...audience, ...config } },
    { id: "tag", kind: "tag", config: { tag: "reached", action: "add" } },
  ],
  edges: [{ from: "t", port: "next", to: "tag" }],
  settings: { reentry: { is: "always" } },
});
const everyFive = drawing("on-schedule", { cron: "*/5 * * * *", zone: "" });

const listed = async (own: Shop, journey: JourneyId) =>
  value(await call(listBroadcasts, own.actor(), { journey })).items;
const waiting = async (own: Shop, journey: JourneyId) =>
  (await listed(own, journey)).filter(({ state }) => state === "waiting");
async function begun(document: object) {
  const own = await shop();
  await members(own, 2);
  const { id } = await published(own, document);
  const [round] = await waiting(own, id);
  if (!round) throw new Error("no round waits");
  return { own, journey: id, round };
}

it("leaves out one round of a schedule, which goes on with the next as was told before", async () => {
  const { own, journey, round } = await begun(everyFive);
  expect(round.nextAt?.getTime()).toBe(round.startsAt.getTime() + FIVE_MINUTES);
  expect(value(await call(getBroadcast, own.actor(), { broadcast: round.id })).nextAt).toEqual(round.nextAt);
  expect(value(await call(cancelBroadcast, own.actor(), { broadcast: round.id }))).toMatchObject({
    state: "cancelled",
    nextAt: null,
  });
  const [next, ...others] = await waiting(own, journey);
  expect([next?.startsAt, others]).toEqual([round.nextAt, []]);
  // And the one behind that, halted before it began.
  value(await call(pauseBroadcast, own.actor(), { broadcast: next?.id }));
  value(await call(cancelBroadcast, own.actor(), { broadcast: next?.id }));
  const [third] = await waiting(own, journey);
  expect(third?.startsAt).toEqual(next?.nextAt);
  await peek(sql`UPDATE broadcast SET starts_at = now() - interval '1 second' WHERE id = ${third?.id}`);
  while ((await broadcastTurn(own.workspace, third?.id ?? "")).is === "moved");
  expect(await runsOf(journey)).toHaveLength(2);
  expect(await waiting(own, journey)).toHaveLength(1);
});

it("opens no round of a schedule twice: none where one under way is ended, nor one asked for besides", async () => {
  const { own, journey, round } = await begun(everyFive);
  const at = new Date(round.startsAt.getTime() + 3_600_000 + 1_000).toISOString();
  const besides = value(await call(startBroadcast, own.actor(), { journey, at }));
  value(await call(cancelBroadcast, own.actor(), { broadcast: besides.id }));
  expect((await waiting(own, journey)).map(({ id }) => id)).toEqual([round.id]);
  await peek(sql`UPDATE broadcast SET starts_at = now() - interval '1 second' WHERE id = ${round.id}`);
  // It is counted, begins and opens the next.
  await broadcastTurn(own.workspace, round.id);
  const next = await waiting(own, journey);
  expect(next).toHaveLength(1);
  value(await call(cancelBroadcast, own.actor(), { broadcast: round.id }));
  expect(await waiting(own, journey)).toEqual(next);
});

it("goes on with the schedule where one asked for besides is left", async () => {
  const { own, journey, round } = await begun(everyFive);
  const at = new Date(round.startsAt.getTime() + 3_600_000 + 1_000).toISOString();
  const besides = value(await call(startBroadcast, own.actor(), { journey, at }));
  value(await call(cancelBroadcast, own.actor(), { broadcast: round.id }));
  expect((await waiting(own, journey)).map(({ startsAt }) => startsAt)).toEqual([round.nextAt, besides.startsAt]);
});

it("ends a broadcast that no schedule sends for good", async () => {
  const { own, journey, round } = await begun(drawing("on-broadcast", { at: "2099-01-01T10:00" }));
  expect(round.nextAt).toBeNull();
  value(await call(cancelBroadcast, own.actor(), { broadcast: round.id }));
  expect(await waiting(own, journey)).toEqual([]);
});
