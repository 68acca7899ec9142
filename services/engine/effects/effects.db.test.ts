import { expect, it } from "vitest";
import { engine, json, peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { endTiers } from "@/services/members/end-tiers";
import { getRun } from "@/services/runs/get";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { type Link, line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";

await database();

const set = (id: string, attribute: string, change: object): Link => [
  { id, kind: "set-attribute", config: { attribute, change } },
  "next",
];
const pay = async (own: Shop, member: Awaited<ReturnType<typeof members>>[number], properties: object = {}) => {
  await accept(own, [{ member, event: event("order_paid", { amount: 1, ...properties }) }]);
  await dispatchAll({ carries: false });
};
const attributesOf = async (own: Shop) =>
  (await peek<{ attributes: object }>(sql`SELECT attributes FROM member WHERE workspace_id = ${own.workspace}`))[0]
    ?.attributes;

it("sets attributes that later steps of the same run see, and counts two runs of one member in one batch twice", async () => {
  const own = await shop();
  const journey = await liveJourney(
    own,
    line([
      set("count", "entries", { is: "add", by: 1 }),
      set("fixed", "campaign", { is: "value", value: "spring" }),
      set("copied", "last_channel", { is: "event", property: "channel" }),
      set("absent", "kept", { is: "event", property: "nothing" }),
      [
        { id: "if", kind: "if", config: { when: { field: "member.attributes.campaign", is: "eq", value: "spring" } } },
        "yes",
      ],
      set("seen", "seen", { is: "value", value: true }),
      set("gone", "campaign", { is: "unset" }),
    ]),
  );
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await engine((tx) =>
    tx.run(sql`UPDATE member SET attributes = ${json({ kept: 5 })}, orders = 0 WHERE workspace_id = ${own.workspace}`),
  );
  await pay(own, member, { channel: "online" });
  await pay(own, member, { channel: "store" });
  await conductAll(journey.shard);
  expect((await runsOf(journey.id)).map(({ state }) => state)).toEqual(["done", "done"]);
  expect(await attributesOf(own)).toEqual({ entries: 2, kept: 5, last_channel: "store", seen: true });
});

it("adds nothing to a text or to a number too large to be exact, says so on the run's page, and goes on", async () => {
  const own = await shop();
  const journey = await liveJourney(
    own,
    line([
      set("text", "note", { is: "add", by: 1 }),
      set("large", "huge", { is: "add", by: 1_000_000_000 }),
      set("new", "fresh", { is: "add", by: 2 }),
    ]),
  );
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const before = { note: "abc", huge: 1.7e308 };
  await engine((tx) =>
    tx.run(sql`UPDATE member SET attributes = ${json(before)} WHERE workspace_id = ${own.workspace}`),
  );
  await pay(own, member);
  await conductAll(journey.shard);
  expect(await attributesOf(own)).toEqual({ ...before, fresh: 2 });
  const [run] = await runsOf(journey.id);
  const { state, steps } = value(await call(getRun, own.actor(), { run: run?.id }));
  expect(state).toBe("done");
  expect(steps.map(({ says }) => says?.en ?? null)).toEqual([
    "Refused: the attribute holds no number to add to, and stays as it is.",
    "Refused: the sum would be too large to be exact, and the attribute stays as it is.",
    null,
  ]);
});

it("takes no value from an event that has none or that no attribute holds, says so on the run's page, and goes on", async () => {
  const own = await shop();
  const journey = await liveJourney(
    own,
    line([
      set("none", "size", { is: "event", property: "nothing" }),
      set("object", "size", { is: "event", property: "parcel" }),
      set("long", "size", { is: "event", property: "note" }),
      set("fits", "size", { is: "event", property: "size" }),
    ]),
  );
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await pay(own, member, { parcel: { size: "L" }, note: "x".repeat(501), size: "L" });
  await conductAll(journey.shard);
  expect(await attributesOf(own)).toEqual({ size: "L" });
  const [run] = await runsOf(journey.id);
  const { state, steps } = value(await call(getRun, own.actor(), { run: run?.id }));
  expect(state).toBe("done");
  const none = "Refused: the event has no such value, and the attribute stays as it is.";
  expect(steps.map(({ says }) => says)).toMatchObject([
    { en: none, "zh-CN": "被拒绝：事件中没有该值，属性保持不变。" },
    { en: expect.stringMatching(/^Refused: the event’s value is no short text/) },
    { "zh-CN": expect.stringContaining("短列表，属性保持不变") },
    null,
  ]);
});

it("does not let what a sender said before undo what a journey set", async () => {
  const own = await shop();
  const journey = await liveJourney(own, line([set("a", "size", { is: "value", value: "L" })]));
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await pay(own, member);
  await conductAll(journey.shard);
  const before = Date.now() - 60_000;
  await accept(own, [
    {
      member,
      event: { ...event("identified", {}, { occurredAt: before }), type: "identify", traits: { size: "S", hat: 7 } },
    },
  ]);
  await dispatchAll({ carries: false });
  expect(await attributesOf(own)).toEqual({ size: "L", hat: 7 });
});

it("tells changed attributes, tags and tiers to journeys that listen, and only what changed", async () => {
  const own = await shop();
  const listener = (event: string, tag: string) => liveJourney(own, line([tagged("t", tag)], { event }));
  const heard = await Promise.all([
    listener("attribute_changed", "heard attribute"),
    listener("tier_changed", "heard tier"),
  ]);
  const marked = await listener("tag_added", "x");
  const journey = await liveJourney(
    own,
    line([
      set("a", "size", { is: "value", value: "L" }),
      [{ id: "b", kind: "change-tier", config: { tier: "gold", reason: "spring", end: { is: "open" } } }, "next"],
      [{ id: "c", kind: "tag", config: { action: "add", tag: "x" } }, "next"],
    ]),
  );
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await pay(own, member);
  await pay(own, member);
  await conductAll(journey.shard);
  await dispatchAll({ carries: false });
  for (const one of [...heard, marked]) expect(await runsOf(one.id)).toHaveLength(1);
});

it("keeps why a tier was changed and until when, and gives the tier before back when the time is over", async () => {
  const own = await shop();
  const tier = (id: string, to: string, end: object): Link => [
    { id, kind: "change-tier", config: { tier: to, reason: `to ${to}`, end } },
    "next",
  ];
  const journey = await liveJourney(
    own,
    line([
      tier("gold", "gold", { is: "after", duration: "P30D" }),
      [{ id: "if", kind: "if", config: { when: { field: "member.tier", is: "eq", value: "gold" } } }, "yes"],
      tier("longer", "gold", { is: "after", duration: "P60D" }),
    ]),
  );
  const [member] = await members(own, 1, { tier: "silver" });
  if (!member) throw new Error("no member");
  await pay(own, member);
  await conductAll(journey.shard);
  const tierNow = async () =>
    (await peek<{ tier: string }>(sql`SELECT tier FROM member WHERE id = ${member}`))[0]?.tier;
  expect(await tierNow()).toBe("gold");
  expect(
    await peek(sql`
      SELECT tier, previous, reason, step, ended_at IS NULL AS open, round(extract(epoch FROM until - at) / 86400)::int AS days
      FROM tier_change WHERE workspace_id = ${own.workspace} ORDER BY until`),
  ).toEqual([
    { tier: "gold", previous: "silver", reason: "to gold", step: "gold.start", open: false, days: 30 },
    { tier: "gold", previous: "silver", reason: "to gold", step: "longer.start", open: true, days: 60 },
  ]);
  await endTiers(new Date(Date.now() + 31 * 86_400_000));
  expect(await tierNow()).toBe("gold");
  await endTiers(new Date(Date.now() + 61 * 86_400_000));
  expect(await tierNow()).toBe("silver");
});

it("gives no coupon of a reward whose points would pass the largest balance", async () => {
  const own = await shop();
  const journey = await liveJourney(
    own,
    line([
      [
        {
          id: "both",
          kind: "reward",
          config: {
            grants: [
              { is: "coupon", offer: own.offer },
              { is: "points", points: 100 },
            ],
          },
        },
        "granted",
      ],
    ]),
  );
  const [rich, other] = await members(own, 2);
  if (!rich || !other) throw new Error("no members");
  await engine((tx) =>
    tx.run(
      sql`INSERT INTO points_account (workspace_id, member_id, balance) VALUES (${own.workspace}, ${rich}, 1999999950)`,
    ),
  );
  await pay(own, rich);
  await pay(own, other);
  await conductAll(journey.shard);
  expect(await peek(sql`SELECT member_id AS member FROM coupon WHERE workspace_id = ${own.workspace}`)).toEqual([
    { member: other },
  ]);
  expect(await peek(sql`SELECT port FROM journal WHERE workspace_id = ${own.workspace} ORDER BY port`)).toEqual([
    { port: "granted" },
    { port: "over_cap" },
  ]);
});
