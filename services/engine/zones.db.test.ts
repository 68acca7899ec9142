import { expect, it } from "vitest";
import type { MemberId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { startBroadcast } from "@/services/broadcasts/control";
import { updateStore } from "@/services/workspaces/stores";
import { updateWorkspace } from "@/services/workspaces/update";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, members, runsOf } from "@/tests/harness/journey";
import { published, value, workAll } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { standingClock } from "@/tests/harness/standing-clock";
import type { Shard } from "./claim";
import { enterDue } from "./entering/enter-due";

const { url } = await database();
const clock = await standingClock(url);

const ANY = { all: [] };
const everyone = { segment: "", when: ANY, perMinute: 0 };
const HOUR = 3_600_000;
const T0 = Date.parse("2026-03-02T10:00:00Z");

const alone = (config: object, kind: string, more: object[] = []) => ({
  name: kind,
  entry: "t",
  nodes: [{ id: "t", kind, config }, ...more, { id: "end", kind: "delay", config: { for: "P10D" } }],
  edges: ["t", ...more.map((node) => (node as { id: string }).id)].map((from, i, all) => ({
    from,
    port: "next",
    to: all[i + 1] ?? "end",
  })),
  settings: {},
});
const birthday = alone(
  { date: "member.birthday", returns: "yearly", days: 0, time: "10:00", leapDay: "feb28", when: ANY },
  "on-date",
);
const atNine = alone({ event: "store_visit", when: ANY }, "on-event", [
  { id: "w", kind: "wait-window", config: { window: { weekdays: [1, 2, 3, 4, 5, 6, 7], from: "09:00", to: "09:30" } } },
]);

async function in_(zone: string): Promise<{ own: Shop; member: MemberId }> {
  await clock.set(T0);
  const own = await shop();
  await peek(sql`UPDATE workspace SET time_zone = ${zone} WHERE id = ${own.workspace}`);
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await peek(sql`UPDATE member SET birthday = '1990-06-15', joined_store_id = ${own.store} WHERE id = ${member}`);
  return { own, member };
}
async function enterAll(shard: Shard): Promise<void> {
  while ((await enterDue(shard)) === "moved");
}
const due = async ({ id }: { id: string }) =>
  (await peek<{ at: Date }>(sql`SELECT at FROM due WHERE journey_id = ${id}`))[0]?.at?.toISOString();
const waits = async ({ id }: { id: string }) =>
  (
    await peek<{ at: Date }>(sql`SELECT due_at AS at FROM run WHERE journey_id = ${id} AND state = 'parked'`)
  )[0]?.at?.toISOString();

it("lets members enter and go on by the new clocks after the workspace's zone changed", async () => {
  const { own, member } = await in_("Europe/Berlin");
  const [dated, waiting] = [await published(own, birthday), await published(own, atNine)];
  await workAll(own.workspace);
  await accept(own, [{ member, event: event("store_visit", {}, { occurredAt: T0, acceptedAt: T0 }) }]);
  await dispatchAll();
  await conductAll(waiting.shard);
  expect([await due(dated), await waits(waiting)]).toEqual(["2026-06-15T08:00:00.000Z", "2026-03-03T08:00:00.000Z"]);

  value(await call(updateWorkspace, own.actor(), { timeZone: "Asia/Shanghai" }));
  await workAll(own.workspace);
  await enterAll(dated.shard);
  await conductAll(waiting.shard);
  expect([await due(dated), await waits(waiting)]).toEqual(["2026-06-15T02:00:00.000Z", "2026-03-03T01:00:00.000Z"]);
  expect(await runsOf(dated.id)).toEqual([]);

  await clock.set(Date.parse("2026-06-15T02:00:01Z"));
  await enterAll(dated.shard);
  expect(await runsOf(dated.id)).toHaveLength(1);
  // Back again, on the same day: nobody enters twice.
  value(await call(updateWorkspace, own.actor(), { timeZone: "Europe/Berlin" }));
  await workAll(own.workspace);
  await clock.set(Date.parse("2026-06-15T08:00:01Z"));
  await enterAll(dated.shard);
  expect(await runsOf(dated.id)).toHaveLength(1);
});

it("lets in today who would have come already by the new clocks", async () => {
  const { own } = await in_("America/New_York");
  const dated = await published(own, birthday);
  await workAll(own.workspace);
  await clock.set(Date.parse("2026-06-15T03:00:00Z"));
  value(await call(updateWorkspace, own.actor(), { timeZone: "Asia/Shanghai" }));
  await workAll(own.workspace);
  await enterAll(dated.shard);
  expect(await runsOf(dated.id)).toHaveLength(1);
});

it("goes by the clocks of the store a member joined at, unless they have their own, also after the store's changed", async () => {
  const { own, member } = await in_("Asia/Shanghai");
  value(await call(updateStore, own.actor(), { store: own.store, timeZone: "America/New_York" }));
  await workAll(own.workspace);
  const dated = await published(own, birthday);
  await workAll(own.workspace);
  expect(await due(dated)).toBe("2026-06-15T14:00:00.000Z");
  value(await call(updateStore, own.actor(), { store: own.store, timeZone: "Asia/Tokyo" }));
  await workAll(own.workspace);
  await enterAll(dated.shard);
  expect(await due(dated)).toBe("2026-06-15T01:00:00.000Z");
  await peek(sql`UPDATE member SET time_zone = 'Europe/Berlin' WHERE id = ${member}`);
  value(await call(updateStore, own.actor(), { store: own.store, timeZone: null }));
  await workAll(own.workspace);
  await enterAll(dated.shard);
  expect(await due(dated)).toBe("2026-06-15T08:00:00.000Z");
});

it("sends by the new clocks what is sent by the workspace's, and leaves an instant that somebody asked for", async () => {
  const { own } = await in_("Europe/Berlin");
  // Publishing goes by this process's clock.
  const now = Date.now();
  await clock.set(now);
  const sent = await published(own, alone({ ...everyone, at: "2100-03-05T09:00" }, "on-broadcast"));
  const yearly = await published(own, alone({ ...everyone, cron: "0 9 5 3 *", zone: "" }, "on-schedule"));
  const fixed = await published(own, alone({ ...everyone, cron: "0 9 5 3 *", zone: "Europe/Berlin" }, "on-schedule"));
  const byHand = new Date(now + 5 * HOUR).toISOString();
  value(await call(startBroadcast, own.actor(), { journey: sent.id, at: byHand }));
  value(await call(updateWorkspace, own.actor(), { timeZone: "Asia/Shanghai" }));
  await workAll(own.workspace);
  const starts = async ({ id }: { id: string }) =>
    (
      await peek<{ at: Date }>(
        sql`SELECT starts_at AS at FROM broadcast WHERE journey_id = ${id} AND state = 'waiting' ORDER BY starts_at`,
      )
    ).map(({ at }) => at.toISOString());
  expect(await starts(sent)).toEqual([byHand, "2100-03-05T01:00:00.000Z"]);
  expect((await starts(yearly)).map((at) => at.slice(5))).toEqual(["03-05T01:00:00.000Z"]);
  expect((await starts(fixed)).map((at) => at.slice(5))).toEqual(["03-05T08:00:00.000Z"]);
});

it("works nothing off where nothing but the name changed", async () => {
  const { own } = await in_("Europe/Berlin");
  value(await call(updateWorkspace, own.actor(), { name: "Other", timeZone: "Europe/Berlin" }));
  value(await call(updateStore, own.actor(), { store: own.store, name: "Other" }));
  expect(await peek(sql`SELECT id FROM job WHERE workspace_id = ${own.workspace}`)).toEqual([]);
});
