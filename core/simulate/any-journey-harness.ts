import fc from "fast-check";
import type { JourneyId, WorkspaceId } from "../ids";
import { compile } from "../journey/compile";
import { JourneyDocument } from "../journey/document";
import type { WaitPartId } from "../journey/parts/waits/registry";
import { problems } from "../journey/problems";
import { kindOf, nodeKinds } from "../journey/registry";
import type { PointsPolicy } from "../loyalty/points-policy";
import { JOURNEY_START, JOURNEY_STOP } from "../plan/control";
import type { Plan } from "../plan/plan";
import { isEndless, SEGMENT, triggerOf } from "./any-trigger-harness";
import type { Happening } from "./scene";

/** Offers that generated rewards give: one without limit, one whose stock is small, one each member may have once, one that is over. */
export const OFFERS = {
  plenty: "00000000-0000-7000-8000-000000000001",
  few: "00000000-0000-7000-8000-000000000002",
  once: "00000000-0000-7000-8000-000000000003",
  over: "00000000-0000-7000-8000-000000000004",
};
export const OTHER_JOURNEY = "00000000-0000-7000-8000-00000000000f";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const rule = fc.constantFrom(
  { all: [] },
  { any: [] },
  { field: "member.tier", is: "eq", value: "gold" },
  { field: "member.points", is: "gt", value: 15 },
  { field: "member.tags", is: "contains", value: "a" },
  { field: "member.orders", is: "gte", value: 3 },
  { field: "member.attributes.steps", is: "gte", value: 2 },
  { not: { field: "entry.store", is: "eq", value: "S1" } },
  { did: "purchase", measure: "count", is: "gte", value: 2, days: 2 },
  { did: "purchase", measure: "count", is: "lt", value: 1, days: 2 },
  { field: "member.last_visit_at", is: "not_within_days", value: 1 },
  { field: "member.coupons", is: "contains", value: OFFERS.plenty },
);
/** Of a wait for an event: may compare it with what began the run. */
const match = fc.oneof(
  rule,
  fc.constantFrom(
    { field: "event.order_id", is: "eq", value: { field: "entry.order_id" } },
    { field: "event.amount", is: "gte", value: { field: "entry.amount" } },
    { field: "event.coupon_id", is: "in", value: { field: "coupon.ids" } },
  ),
);
const awaited = fc.constantFrom(
  "order_paid",
  "store_visit",
  "coupon_issued",
  "tag_added",
  "tier_changed",
  "points_earned",
  "stage reached",
  "attribute_changed",
  "coupon_expiring",
  "coupon_expired",
  "points_expiring",
  "points_expired",
);
const duration = fc.constantFrom("PT1H", "P1D", "P2D");
const offer = fc.constantFrom(...Object.values(OFFERS));
const time = fc.constantFrom("00:00", "09:30", "23:00");
const points = fc.constantFrom(1, 10).map((n) => ({ is: "points", points: n }));
/** What is only laid down says nothing yet. */
const SAID = {
  push: { en: { title: "Thanks", body: "Thank you!" }, "zh-CN": { title: "感谢", body: "谢谢惠顾！" } },
  sms: { en: { text: "Thank you!" }, "zh-CN": { text: "【店】谢谢惠顾！" } },
};

/** How each thing that can be waited for is drawn. */
const awaitable: Record<WaitPartId, fc.Arbitrary<object>> = {
  event: fc.record({ event: awaited, when: match }),
  condition: fc.record({ when: rule }),
  date: fc.record({
    date: fc.constantFrom("member.birthday", "member.attributes.day", "entry.occurred_at"),
    returns: fc.constantFrom("once", "yearly", "lunar"),
    days: fc.constantFrom(-1, 0, 2),
    time,
    leapDay: fc.constantFrom("feb28", "mar1"),
  }),
  window: fc.record({
    window: fc.record({
      weekdays: fc.constantFrom([1, 3, 5], [1, 2, 3, 4, 5, 6, 7], [6]),
      from: time,
      to: fc.constantFrom("10:00", "23:30"),
    }),
  }),
  duration: fc.record({ for: duration }),
};
/** One of several, mostly an event. */
const way = (id: string): fc.Arbitrary<object> =>
  fc
    .constantFrom<WaitPartId[]>("event", "event", "event", "condition", "date", "window", "duration")
    .chain((is) => awaitable[is].map((config) => ({ id, is, ...config })));

/** How each kind is drawn; those that are not told are drawn as the palette lays them down. */
const configs: Partial<Record<keyof typeof nodeKinds, fc.Arbitrary<object>>> = {
  if: fc.record({ when: rule }),
  switch: fc.tuple(rule, rule).map(([a, b]) => ({
    cases: [
      { id: "a", name: "A", when: a },
      { id: "b", name: "B", when: b },
    ],
  })),
  delay: awaitable.duration,
  "wait-window": awaitable.window,
  "wait-date": awaitable.date,
  "wait-for": fc.tuple(awaitable.event, duration).map(([config, within]) => ({ ...config, within })),
  "wait-first": fc.record(
    { events: fc.tuple(way("a"), way("b"), way("c")), within: duration },
    { requiredKeys: ["events"] },
  ),
  "wait-until": fc.tuple(awaitable.condition, duration).map(([config, within]) => ({ ...config, within })),
  reward: fc.record({
    grants: fc.oneof(
      points.map((one) => [one]),
      fc
        .tuple(fc.array(offer, { minLength: 1, maxLength: 2 }), fc.option(points))
        .map(([ids, more]) => [...ids.map((id) => ({ is: "coupon", offer: id })), ...(more ? [more] : [])]),
    ),
  }),
  send: fc.constant({ ...nodeKinds.send.initial, content: SAID }),
  "send-in-order": fc.constant({ ...nodeKinds["send-in-order"].initial, content: SAID }),
  tag: fc.record({ action: fc.constantFrom("add", "remove"), tag: fc.constantFrom("a", "b") }),
  "set-attribute": fc.record({
    attribute: fc.constantFrom("steps", "day"),
    change: fc.constantFrom(
      { is: "add", by: 1 },
      { is: "value", value: "2026-03-09" },
      { is: "unset" },
      { is: "event", property: "store" },
    ),
  }),
  "change-tier": fc
    .tuple(
      fc.constantFrom("gold", "silver", "basic"),
      fc.constantFrom(
        { is: "open" },
        { is: "after", duration: "PT1H" },
        { is: "after", duration: "P2D" },
        { is: "on", day: "2026-03-04" },
      ),
    )
    .map(([tier, end]) => ({ ...nodeKinds["change-tier"].initial, tier, end })),
  "emit-event": fc.constant({
    name: "stage reached",
    properties: [{ name: "order_id", as: "text", value: "o1" }],
  }),
  webhook: fc.constant({ ...nodeKinds.webhook.initial, url: "https://hooks.example-partner.cn/a" }),
  "start-journey": fc.constant({ journey: OTHER_JOURNEY }),
  "stop-journey": fc.constant({ journey: OTHER_JOURNEY }),
};

const kinds = Object.keys(nodeKinds).filter((kind) => kindOf(kind)?.family !== "trigger") as (keyof typeof nodeKinds)[];
/** Waits are what a run can get wrong; ends only cut it short; a tier must be given often for some to end by the clock. */
const weightOf = (kind: string): number =>
  kind === "change-tier" ? 6 : kindOf(kind)?.family === "wait" ? 3 : kindOf(kind)?.family === "end" ? 1 : 2;
const node = fc.oneof(
  ...kinds.map((kind) => ({
    weight: weightOf(kind),
    arbitrary: (configs[kind] ?? fc.constant(nodeKinds[kind].initial)).map((config) => ({ kind, config })),
  })),
);

export const anyReentry = fc.constantFrom(
  { is: "once" },
  { is: "after_end" },
  { is: "always" },
  { is: "every", days: 1 },
  { is: "per_key", key: "order_id" },
);
const settings = fc
  .record({
    reentry: anyReentry,
    visits: fc.constantFrom(2, 12),
    afterVisits: fc.constantFrom("leave", "fail"),
    group: fc.constantFrom(undefined, { name: "birthday", days: 1 }),
    limits: fc.constantFrom({}, { perMember: 2 }, { total: 3 }, { live: 1 }, { daily: 1 }),
  })
  .chain((how) => fc.constantFrom(how, how, how, { ...how, holdout: { percent: 50, days: 1 } }));
const goal = fc.constantFrom(
  undefined,
  { when: { field: "member.points", is: "gte", value: 50 } },
  { when: { field: "member.last_order_at", is: "not_within_days", value: 3 } },
  { on: "survey_answered", when: { all: [] } },
  {
    on: "order_paid",
    when: { field: "event.amount", is: "gte", value: 50_000 },
    value: "amount",
  },
);
const exits = fc.constantFrom(
  [],
  [{ on: "account_closed", when: { all: [] } }],
  [{ when: { field: "member.tags", is: "contains", value: "b" } }],
  [
    {
      when: {
        all: [
          { field: "member.visits", is: "gte", value: 2 },
          { field: "member.last_visit_at", is: "not_within_days", value: 1 },
        ],
      },
    },
  ],
);

/**
 * Any drawing over all kinds: each way leads on, or nowhere; those of waits also lead back, or to the wait itself. Drawings with errors are
 * passed over.
 */
const documents = (trigger: ReturnType<typeof triggerOf>): fc.Arbitrary<JourneyDocument> =>
  fc
    .tuple(trigger, fc.array(node, { minLength: 3, maxLength: 12 }), settings, goal, exits)
    .chain(([first, drawn, how, aim, out]) => {
      const nodes = [first, ...drawn.map((one, i) => ({ id: `n${i + 1}`, ...one }))];
      const ways = nodes.flatMap(({ id, kind, config }, i) =>
        portsOf(kind, config).map((port) => ({ from: id, port, i })),
      );
      return fc
        .tuple(...ways.map(({ i }) => target(i, nodes.length, kindOf(nodes[i]?.kind ?? "")?.family === "wait")))
        .map((targets) =>
          JourneyDocument.parse({
            name: "any",
            entry: "n0",
            nodes,
            edges: ways.flatMap(({ from, port }, i) => (targets[i] ? [{ from, port, to: `n${targets[i]}` }] : [])),
            ...(aim && { goal: aim }),
            exits: out,
            // What ends may begin a run that gives more of what ends: without a limit that goes on for ever.
            settings: isEndless(first) ? { ...how, limits: { total: 3 } } : how,
          }),
        );
    })
    .filter((document) => problems(document).every(({ severity }) => severity !== "error"));

/** Those that let somebody in seldom are drawn oftener. */
const WEIGHTS: Record<string, number> = {
  "on-event": 12,
  "on-broadcast": 3,
  "on-segment": 3,
  "on-inactivity": 2,
  "on-call": 2,
};
/** Of every trigger, mostly of events. */
export const anyDocument = documents(triggerOf((kind) => WEIGHTS[kind] ?? 1));
/** Begun by events alone: what a clock begins goes on for as long as one looks. */
export const anyOfEvents = documents(triggerOf((kind) => Number(kind === "on-event")));

/** Mostly the next node, so that runs come far. */
function target(from: number, count: number, mayGoBack: boolean): fc.Arbitrary<number | null> {
  if (from === 0) return fc.constant(1);
  const next = from + 1 < count ? [{ weight: 5, arbitrary: fc.constant(from + 1) }] : [];
  const on = from + 1 < count ? [{ weight: 2, arbitrary: fc.integer({ min: from + 1, max: count - 1 }) }] : [];
  const back = mayGoBack ? [{ weight: 3, arbitrary: fc.integer({ min: 1, max: from }) }] : [];
  return fc.oneof(...next, ...on, ...back, { weight: 1, arbitrary: fc.constant(null) });
}

/** The ways out of a drawn node. */
function portsOf(id: string, config: unknown): string[] {
  const kind = kindOf(id);
  return kind ? kind.ports(kind.config.parse(config)).map((port) => port.id) : [];
}

export const compiled = (document: JourneyDocument): Plan =>
  compile(document, { workspace: "w" as WorkspaceId, journey: "j" as JourneyId, version: 1 });

/** One event of a history: `after` the one before it, in milliseconds; `about`: the node it answers, where there is such a node. */
export type Told = Omit<Happening, "at"> & { after: number; late?: number };

const answer = (name: string, more: Partial<Told> = {}) =>
  fc.integer({ min: 1, max: 12 }).map((i): Omit<Told, "after"> => ({ name, type: "system", about: `n${i}`, ...more }));
const told: fc.Arbitrary<Omit<Told, "after">> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      name: fc.constantFrom("order_paid", "store_visit", "stage reached", "page_viewed"),
      properties: fc.record({
        order_id: fc.constantFrom("o1", "o2", "o3", "o4", "o5", "o6"),
        amount: fc.constantFrom(1000, 20_000, 60_000),
        store: fc.constantFrom("S1", "S2"),
      }),
    }),
  },
  fc.constantFrom(
    { name: "survey_answered" },
    { name: "account_closed" },
    { name: JOURNEY_START, properties: { order_id: "o2", amount: 1000 } },
    { name: JOURNEY_STOP },
    { name: "segment_entered", type: "system" as const, properties: { segment_id: SEGMENT } },
    { name: "segment_left", type: "system" as const, properties: { segment_id: SEGMENT } },
    { name: "order_paid", properties: { order_id: "o1" }, late: 30 * HOUR },
    { name: "order_paid", isHistorical: true },
    { name: "order_paid", properties: { order_id: "o2", amount: 1000 }, isHistorical: true },
    { name: "order_refunded", properties: { order_id: "o1", is_full: true } },
    { name: "order_refunded", properties: { order_id: "o3", amount: 1000 } },
    { name: "identified", type: "identify" as const, traits: { day: "2026-03-05" } },
    { name: "identified", type: "identify" as const, traits: { day: null } },
    { name: "identified", type: "identify" as const, traits: { timeZone: "Europe/Paris" } },
  ),
  answer("task_completed", { properties: { outcome: "done" }, answer: { outcome: "done" } }),
  answer("approval_decided", { properties: { outcome: "approved" }, answer: { outcome: "approved" } }),
  answer("survey_answered", { answer: { rating: 2 } }),
  answer("webhook_done", { answer: { status: 200 } }),
  answer("webhook_failed"),
  answer("message_delivered"),
  answer("message_failed"),
  answer("coupon_redeemed"),
);

/** What the ledgers hold at the beginning: points, the policy for those to come, and another journey of the group that has the member. */
export type Before = { policy: PointsPolicy; points: number; daysAgo: number; excludedFor: number | null };
export const anyBefore: fc.Arbitrary<Before> = fc.record({
  policy: fc.constantFrom<PointsPolicy[]>(
    { expiry: "never" },
    { expiry: "rolling", months: 1 },
    { expiry: "rolling", months: 1 },
    { expiry: "rolling", months: 1 },
    { expiry: "calendar", years: 0, minimumDays: 30 },
  ),
  points: fc.constantFrom(0, 10, 30, 30),
  daysAgo: fc.constantFrom(1, 20, 25, 27),
  excludedFor: fc.constantFrom(null, null, null, 1, 2 * HOUR, 2 * DAY),
});

/** Any order of events, often at the very instant at which something is due. */
export const anyHistory: fc.Arbitrary<Told[]> = fc.array(
  fc
    .tuple(told, fc.constantFrom(0, 0, 1, HOUR, HOUR + 1, DAY - HOUR, DAY, 2 * DAY))
    .map(([one, after]) => ({ ...one, after })),
  { minLength: 1, maxLength: 12 },
);

/** The first events begin a run of those that events begin, at `from`. */
export function happenings(history: readonly Told[], from: number): Happening[] {
  let at = from;
  const first: Told = { name: "order_paid", properties: { order_id: "o1", amount: 20_000, store: "S1" }, after: 0 };
  const second: Told = { name: "store_visit", properties: { order_id: "o1", store: "S1" }, after: 0 };
  const called: Told = { name: JOURNEY_START, properties: { order_id: "o1" }, after: 0 };
  const joins: Told = { name: "segment_entered", type: "system", properties: { segment_id: SEGMENT }, after: 0 };
  return [first, second, called, joins, ...history].map(({ after, late = 0, ...one }) => {
    at += after;
    return { ...one, at, ...(late > 0 && { occurredAt: at - late }) };
  });
}
