import { beforeEach, expect, it } from "vitest";
import type { MemberId } from "@/core/ids";
import { ANY } from "@/core/rules/rule";
import { json, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { liveJourney, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { tellCoupons } from "./tell-coupons";
import { tellPoints } from "./tell-points";

await database();

const ZONE = "Asia/Shanghai";
const NOW = new Date("2026-11-28T08:00:00Z");
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
let own: Shop;
let member: MemberId;

/** Whoever listens, so that what is told stands in the inbox. */
const listening = (event: string) =>
  liveJourney(own, {
    name: event,
    entry: "on",
    nodes: [
      { id: "on", kind: "on-event", config: { event, when: ANY } },
      { id: "end", kind: "exit", config: {} },
    ],
    edges: [{ from: "on", port: "next", to: "end" }],
    settings: {},
  });

beforeEach(async () => {
  own = await shop();
  [member] = (await members(own, 1)) as [MemberId];
  for (const name of ["coupon_expiring", "coupon_expired", "points_expiring"]) await listening(name);
});

async function coupons(count: number, expiresAt: Date, state = "issued"): Promise<void> {
  const ids = Array.from({ length: count }, () => newId());
  await peek(sql`
    INSERT INTO coupon (workspace_id, id, offer_id, member_id, code, state, issued_at, expires_at, source)
    SELECT ${own.workspace}, id, ${own.offer}, ${member}, id::text, ${state}, now(), ${expiresAt}, 'test' FROM unnest(${ids}::uuid[]) AS id`);
}
const lots = (points: number, lastDay: string) =>
  peek(sql`
    INSERT INTO points_lot (workspace_id, id, member_id, earned, remaining, last_day, created_at)
    VALUES (${own.workspace}, ${newId()}, ${member}, ${points}, ${points}, ${lastDay}, now())`);

/** What stands in the inbox, and takes it away. */
async function told(): Promise<string[]> {
  const rows = await peek<{ event: { name: string; properties: Record<string, unknown> } }>(
    sql`DELETE FROM inbox WHERE workspace_id = ${own.workspace} RETURNING event`,
  );
  return rows
    .map(({ event: { name, properties } }) =>
      [name, properties.days_left, properties.points, properties.last_day].filter((one) => one !== undefined).join(" "),
    )
    .sort();
}

it("tells of a coupon seven days, three days and a day before its end, and at its end, once each", async () => {
  await coupons(1, later(9));
  for (const [day, said] of [
    [0, []],
    [1, []],
    [2.01, ["coupon_expiring 7"]],
    [2.02, []],
    [6.5, ["coupon_expiring 3"]],
    [8.1, ["coupon_expiring 1"]],
    [9.1, ["coupon_expired"]],
    [30, []],
  ] as const) {
    await tellCoupons(own.workspace, later(day));
    expect([day, await told()]).toEqual([day, said]);
  }
});

it("tells of short-lived and late-seen coupons only what is true", async () => {
  await tellCoupons(own.workspace, NOW);
  await coupons(1, later(2));
  await tellCoupons(own.workspace, NOW);
  expect(await told()).toEqual([]);
  await coupons(1, later(12));
  // The clock stood still for eleven days.
  await tellCoupons(own.workspace, later(11.5));
  expect(await told()).toEqual(["coupon_expired", "coupon_expiring 1"]);
});

it("tells nothing of coupons that were used, nor of those that were near their end before it began", async () => {
  await coupons(3, later(2));
  await tellCoupons(own.workspace, NOW);
  expect(await told()).toEqual([]);
  await coupons(3, later(8), "redeemed");
  await tellCoupons(own.workspace, later(1.5));
  expect(await told()).toEqual(["coupon_expiring 1", "coupon_expiring 1", "coupon_expiring 1"]);
});

it("goes through many that end at one instant in shares, each told once", async () => {
  await tellCoupons(own.workspace, NOW);
  await coupons(25, later(8));
  const shares: number[] = [];
  for (
    let n = await tellCoupons(own.workspace, later(2), 10);
    n > 0;
    n = await tellCoupons(own.workspace, later(2), 10)
  )
    shares.push(n);
  expect(shares).toEqual([10, 10, 5]);
  expect(await told()).toHaveLength(25);
});

it("tells a member of the points that end on a day, summed, by the workspace's calendar", async () => {
  await tellPoints(own.workspace, ZONE, NOW);
  await lots(30, "2026-12-31");
  await lots(20, "2026-12-31");
  await lots(5, "2027-06-30");
  // In Shanghai the first of December begins at 16:00 UTC.
  await tellPoints(own.workspace, ZONE, new Date("2026-11-30T15:59:00Z"));
  expect(await told()).toEqual([]);
  await tellPoints(own.workspace, ZONE, new Date("2026-11-30T16:01:00Z"));
  expect(await told()).toEqual(["points_expiring 30 50 2026-12-31"]);
  await tellPoints(own.workspace, ZONE, new Date("2026-12-01T16:01:00Z"));
  await tellPoints(own.workspace, ZONE, new Date("2026-12-24T16:01:00Z"));
  expect(await told()).toEqual(["points_expiring 7 50 2026-12-31"]);
});

it("tells each member of a coupon by the offer's name in their language", async () => {
  const [zh, fr] = (await members(own, 2)) as [MemberId, MemberId];
  const names = { en: "Latte", "zh-CN": "拿铁" };
  await peek(sql`UPDATE offer SET name = 'any', names = ${json(names)} WHERE workspace_id = ${own.workspace}`);
  for (const [id, locale] of [
    [member, "en-GB"],
    [zh, "zh-CN"],
    [fr, "fr"],
  ])
    await peek(sql`UPDATE member SET locale = ${locale} WHERE workspace_id = ${own.workspace} AND id = ${id}`);
  await tellCoupons(own.workspace, NOW);
  for (const id of [member, zh, fr])
    await peek(sql`
      INSERT INTO coupon (workspace_id, id, offer_id, member_id, code, issued_at, expires_at, source)
      VALUES (${own.workspace}, ${newId()}, ${own.offer}, ${id}, ${newId()}, now(), ${later(9)}, 'test')`);
  await tellCoupons(own.workspace, later(2.01));
  const rows = await peek<{ offer: string }>(
    sql`SELECT event -> 'properties' ->> 'offer' AS offer FROM inbox WHERE workspace_id = ${own.workspace}`,
  );
  expect(rows.map(({ offer }) => offer).sort()).toEqual(["Latte", "any", "拿铁"]);
});
