import { expect, it } from "vitest";
import { peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import {
  accept,
  conductAll,
  dispatchAll,
  event,
  liveJourney,
  members,
  republish,
  runsOf,
} from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";

await database();

const ANY = { all: [] };
type Drawn = { id: string; kind: string; config: Record<string, unknown> };

/** Every order begins a run; `nodes` follow the trigger, each port leads on as `edges` say. */
const drawing = (nodes: Drawn[], edges: [string, string, string][], more: Record<string, unknown> = {}) => ({
  name: "waits",
  entry: "paid",
  nodes: [{ id: "paid", kind: "on-event", config: { event: "order_paid", when: ANY } }, ...nodes],
  edges: [
    { from: "paid", port: "next", to: nodes[0]?.id ?? "" },
    ...edges.map(([from, port, to]) => ({ from, port, to })),
  ],
  settings: { reentry: { is: "always" } },
  ...more,
});
const tag = (id: string): Drawn => ({ id, kind: "tag", config: { action: "add", tag: id } });

async function walk(
  own: Shop,
  journey: Awaited<ReturnType<typeof liveJourney>>,
  ...events: Parameters<typeof accept>[1]
) {
  await accept(own, events);
  await dispatchAll();
  await conductAll(journey.shard);
}
const ports = async (own: Shop, step: string) =>
  (
    await peek<{ port: string }>(
      sql`SELECT port FROM journal WHERE workspace_id = ${own.workspace} AND step = ${step} ORDER BY at, lap`,
    )
  ).map(({ port }) => port);

const ab = (weights: Record<string, number>) =>
  drawing(
    [
      {
        id: "ab",
        kind: "split",
        config: { variants: Object.entries(weights).map(([id, weight]) => ({ id, name: id, weight })) },
      },
      ...Object.keys(weights).map(tag),
    ],
    Object.keys(weights).map((id) => ["ab", id, id]),
  );

it("gives each member of an A/B test one variant for good: over entries, edits of weights, and removed variants", async () => {
  const own = await shop();
  const journey = await liveJourney(own, ab({ a: 50, b: 50 }));
  const all = await members(own, 400);
  const orders = all.map((member) => ({ member, event: event("order_paid") }));
  await walk(own, journey, ...orders);
  const variants = async () =>
    new Map(
      (
        await peek<{ member: string; variant: string }>(
          sql`SELECT member_id AS member, variant FROM exposure WHERE workspace_id = ${own.workspace} ORDER BY member_id`,
        )
      ).map(({ member, variant }) => [member, variant]),
    );
  const first = await variants();
  expect(first.size).toBe(400);
  expect([...first.values()].filter((one) => one === "a").length).toBeGreaterThan(140);
  expect([...first.values()].filter((one) => one === "b").length).toBeGreaterThan(140);

  // Weights change, a third comes: who had a variant keeps it, also in the same batch twice.
  await republish(own, journey.id, ab({ a: 0, b: 10, c: 90 }), 2);
  await walk(own, journey, ...orders.map((row) => ({ ...row, event: event("order_paid") })), {
    member: all[0] as (typeof all)[number],
    event: event("order_paid"),
  });
  expect(await variants()).toEqual(first);
  const tags = await peek<{ tag: string; count: number }>(
    sql`SELECT tag, count(*)::int AS count FROM member_tag WHERE workspace_id = ${own.workspace} GROUP BY tag ORDER BY tag`,
  );
  expect(tags.map((row) => row.tag)).toEqual(["a", "b"]);

  // A variant that is gone is drawn anew; the others stay.
  await republish(own, journey.id, ab({ b: 1, c: 1 }), 3);
  await walk(own, journey, ...all.map((member) => ({ member, event: event("order_paid") })));
  const last = await variants();
  for (const [member, variant] of first) {
    if (variant === "b") expect(last.get(member)).toBe("b");
    else expect(["b", "c"]).toContain(last.get(member));
  }
  expect([...last.values()]).toContain("c");
  const whys = await peek<{ why: unknown }>(
    sql`SELECT DISTINCT why FROM journal WHERE workspace_id = ${own.workspace} AND step = 'ab.start' AND port = 'b'`,
  );
  expect(whys.map(({ why }) => why)).toContainEqual({ variant: "b", isNew: false });
});

it("draws a copied step and a copied journey anew", async () => {
  const own = await shop();
  const [one, two] = [await liveJourney(own, ab({ a: 50, b: 50 })), await liveJourney(own, ab({ a: 50, b: 50 }))];
  const experiments = [one, two].map(({ plan }) =>
    Object.values(plan.steps).flatMap((step) => (step.op === "split" ? [step.experiment] : [])),
  );
  expect(experiments).toEqual([[`${one.id}/ab`], [`${two.id}/ab`]]);
});

it("waits for whichever of several events comes first, and takes only that way", async () => {
  const own = await shop();
  const journey = await liveJourney(
    own,
    drawing(
      [
        {
          id: "first",
          kind: "wait-first",
          config: {
            events: [
              {
                id: "same",
                event: "order_refunded",
                when: { field: "event.order_id", is: "eq", value: { field: "entry.order_id" } },
              },
              {
                id: "visit",
                event: "store_visit",
                when: { field: "event.store", is: "eq", value: { field: "entry.store" } },
              },
              {
                id: "more",
                event: "order_paid",
                when: { field: "event.amount", is: "gte", value: { field: "entry.amount" } },
              },
            ],
            within: "P7D",
          },
        },
        ...["same", "visit", "more", "late"].map(tag),
      ],
      [
        ["first", "same", "same"],
        ["first", "visit", "visit"],
        ["first", "more", "more"],
        ["first", "timeout", "late"],
      ],
      { settings: { reentry: { is: "once" } } },
    ),
  );
  const [refunds, visits, buys, sleeps] = await members(own, 4);
  if (!refunds || !visits || !buys || !sleeps) throw new Error("no members");
  const paid = { order_id: "o1", store: "S1", amount: 10_000 };
  await walk(
    own,
    journey,
    ...[refunds, visits, buys, sleeps].map((member) => ({ member, event: event("order_paid", paid) })),
  );
  await walk(
    own,
    journey,
    { member: refunds, event: event("order_refunded", { order_id: "o2" }) },
    { member: refunds, event: event("order_paid", { order_id: "o3", amount: 9_999 }) },
    { member: refunds, event: event("order_refunded", { order_id: "o1" }) },
    { member: refunds, event: event("store_visit", { store: "S1" }) },
    { member: visits, event: event("store_visit", { store: "S2" }) },
    { member: visits, event: event("store_visit", { store: "S1" }) },
    { member: buys, event: event("order_paid", { amount: 10_000 }) },
  );
  await peek(
    sql`UPDATE run SET due_at = now() - interval '1 minute' WHERE journey_id = ${journey.id} AND state = 'parked'`,
  );
  await conductAll(journey.shard);
  expect(
    await peek(sql`SELECT member_id AS member, tag FROM member_tag WHERE workspace_id = ${own.workspace} ORDER BY tag`),
  ).toEqual([
    { member: sleeps, tag: "late" },
    { member: buys, tag: "more" },
    { member: refunds, tag: "same" },
    { member: visits, tag: "visit" },
  ]);
});

it("leaves for a refund of the whole order that says only its amount, not for a part of it", async () => {
  const own = await shop();
  const exit = { on: "order_refunded", when: { field: "event.is_full", is: "eq", value: true } };
  const journey = await liveJourney(
    own,
    drawing([{ id: "rest", kind: "delay", config: { for: "P7D" } }], [], { exits: [exit] }),
  );
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const state = async () =>
    (await peek<{ state: string }>(sql`SELECT state FROM run WHERE journey_id = ${journey.id}`))[0]?.state;
  await walk(own, journey, { member, event: event("order_paid", { order_id: "o1", amount: 5_000 }) });
  await walk(own, journey, { member, event: event("order_refunded", { order_id: "o1", amount: 2_000 }) });
  expect(await state()).toBe("parked");
  await walk(own, journey, { member, event: event("order_refunded", { order_id: "o1", amount: 3_000 }) });
  expect(await state()).toBe("exited");
});

it("waits until a rule holds: at once, after any event, or until the time is up", async () => {
  const own = await shop();
  const journey = await liveJourney(
    own,
    drawing(
      [
        {
          id: "rule",
          kind: "wait-until",
          config: { when: { field: "member.orders", is: "gte", value: 2 }, within: "P7D" },
        },
        ...["holds", "late"].map(tag),
      ],
      [
        ["rule", "holds", "holds"],
        ["rule", "timeout", "late"],
      ],
      { settings: { reentry: { is: "once" } } },
    ),
  );
  const [has, gets, never] = await members(own, 3);
  if (!has || !gets || !never) throw new Error("no members");
  await peek(sql`UPDATE member SET orders = 5 WHERE workspace_id = ${own.workspace} AND id = ${has}`);
  await walk(own, journey, ...[has, gets, never].map((member) => ({ member, event: event("order_paid") })));
  const states = async () => Object.fromEntries((await runsOf(journey.id)).map(({ member, state }) => [member, state]));
  expect(await states()).toEqual({ [has]: "done", [gets]: "parked", [never]: "parked" });
  await walk(own, journey, { member: gets, event: event("page_viewed") });
  expect((await states())[gets]).toBe("parked");
  await walk(own, journey, { member: gets, event: event("order_paid") });
  expect((await states())[gets]).toBe("done");
  await peek(
    sql`UPDATE run SET due_at = now() - interval '1 minute' WHERE journey_id = ${journey.id} AND state = 'parked'`,
  );
  await conductAll(journey.shard);
  expect((await ports(own, "rule.start")).sort()).toEqual(["holds", "holds", "timeout"]);
});

it("waits for a date of the member, and follows it when it changes", async () => {
  const own = await shop();
  const journey = await liveJourney(
    own,
    drawing(
      [
        {
          id: "day",
          kind: "wait-date",
          config: { date: "member.attributes.wedding", returns: "once", days: -1, time: "10:00", leapDay: "feb28" },
        },
        ...["reached", "past", "absent"].map(tag),
      ],
      ["reached", "past", "absent"].map((port) => ["day", port, port]),
      { settings: { reentry: { is: "once" } } },
    ),
  );
  const [soon, gone, none] = await members(own, 3);
  if (!soon || !gone || !none) throw new Error("no members");
  const told = (member: typeof soon, traits: Record<string, unknown>) => ({
    member,
    event: { ...event("identified"), type: "identify" as const, traits },
  });
  await walk(own, journey, told(soon, { wedding: "2099-06-01" }), told(gone, { wedding: "2020-06-01" }));
  await walk(own, journey, ...[soon, gone, none].map((member) => ({ member, event: event("order_paid") })));
  const due = async () =>
    (
      await peek<{ due: Date | null }>(
        sql`SELECT due_at AS due FROM run WHERE journey_id = ${journey.id} AND member_id = ${soon}`,
      )
    )[0]?.due;
  expect((await due())?.toISOString()).toBe("2099-05-31T02:00:00.000Z");
  await walk(own, journey, told(soon, { wedding: "2099-07-01" }));
  expect((await due())?.toISOString()).toBe("2099-06-30T02:00:00.000Z");
  // Another zone: ten o'clock there.
  await walk(own, journey, told(soon, { timeZone: "Europe/Paris" }));
  expect((await due())?.toISOString()).toBe("2099-06-30T08:00:00.000Z");
  await walk(own, journey, told(soon, { wedding: null }));
  // Due at the instant it began to wait, which acts a little later (DUE_GRACE).
  await until(async () => {
    await conductAll(journey.shard);
    return (await runsOf(journey.id)).every(({ state }) => state === "done");
  });
  expect(
    await peek(
      sql`SELECT member_id AS member, tag FROM member_tag WHERE workspace_id = ${own.workspace} ORDER BY tag, member_id`,
    ),
  ).toEqual([...[soon, none].sort().map((member) => ({ member, tag: "absent" })), { member: gone, tag: "past" }]);
});

it("passes a window that is open at once, and parks before one that is not", async () => {
  const own = await shop();
  const window = (weekdays: number[]) => ({
    id: "w",
    kind: "wait-window",
    config: { window: { weekdays, from: "00:00", to: "00:00" } },
  });
  const today = ((new Date().getUTCDay() + 6) % 7) + 1;
  // Yesterday, today and tomorrow are open, wherever Shanghai's midnight stands; the third day from now is not.
  const open = [5, 6, 7, 8].map((ahead) => ((today - 1 + ahead) % 7) + 1);
  const far = [((today - 1 + 3) % 7) + 1];
  for (const [weekdays, state] of [
    [open, "done"],
    [far, "parked"],
  ] as const) {
    const journey = await liveJourney(own, drawing([window(weekdays), tag("t")], [["w", "next", "t"]]));
    const [member] = await members(own, 1);
    if (!member) throw new Error("no member");
    await walk(own, journey, { member, event: event("order_paid") });
    expect((await runsOf(journey.id)).map((run) => run.state)).toEqual([state]);
    await peek(sql`UPDATE journey SET state = 'stopped' WHERE id = ${journey.id}`);
  }
});
