import { describe, expect, it } from "vitest";
import { evaluate } from "./evaluate";
import { explain } from "./explain";
import type { EventFacts, Facts, MemberFacts } from "./facts";
import type { Operand, Operator, Rule } from "./rule";

const NOW = Date.UTC(2026, 2, 29, 16, 30); // half past midnight of 30 March in Shanghai
const member = (over: Partial<MemberFacts> = {}): MemberFacts => ({
  id: "m",
  isAnonymous: false,
  name: "",
  phone: null,
  email: "lin@example.com",
  locale: "zh-CN",
  timeZone: null,
  birthday: "1990-05-01",
  gender: null,
  tier: "gold",
  joinedAt: Date.UTC(2026, 2, 29, 16),
  joinedStore: null,
  orders: 3,
  spent: 12_000,
  firstOrderAt: null,
  lastOrderAt: NOW - 30 * 86_400_000,
  visits: 0,
  lastVisitAt: null,
  lastSeenAt: NOW + 1,
  points: 5,
  tags: ["vip", "coupon user"],
  attributes: { district: "Pudong", score: 7, note: null, list: ["a", 1], signed: "2026-03-29T16:30:00Z" },
  days: [
    { name: "visit", day: "2026-03-30", count: 1, amount: 0 },
    { name: "visit", day: "2026-03-01", count: 2, amount: 0 },
    { name: "purchase", day: "2026-03-29", count: 1, amount: 9_900 },
  ],
  ...over,
});
const event = (properties: Record<string, unknown>): EventFacts => ({
  id: "e",
  name: "order_paid",
  properties,
  occurredAt: NOW - 1000,
  acceptedAt: NOW,
  isHistorical: false,
});
const facts = (over: Partial<Facts> = {}): Facts => ({ member: member(), now: NOW, zone: "Asia/Shanghai", ...over });
const holds = (field: string, is: Operator, value?: Operand, over?: Partial<Facts>) =>
  evaluate({ field, is, ...(value !== undefined && { value }) }, facts(over));

describe("a missing value", () => {
  const missing = [
    "member.name",
    "member.phone",
    "member.attributes.note",
    "member.attributes.nobody",
    "event.amount",
    "coupon.id",
    "member.nonsense",
    "entry.order_id",
  ];
  const trueOfNothing: Operator[] = ["ne", "not_in", "not_contains", "not_exists"];
  const others: Operator[] = [
    "eq",
    "gt",
    "gte",
    "lt",
    "lte",
    "between",
    "in",
    "contains",
    "starts_with",
    "exists",
    "before",
    "after",
    "within_days",
    "not_within_days",
  ];

  it.each(missing)("%s makes every comparison false except the negated ones", (field) => {
    for (const is of trueOfNothing) expect(holds(field, is, "x")).toBe(true);
    for (const is of others)
      for (const value of ["x", 1, true, ["x"], 30] as const)
        expect(holds(field, is, typeof value === "object" ? [...value] : value)).toBe(false);
  });

  it("on the other side is as bad as on this", () => {
    expect(holds("member.tier", "eq", { field: "event.tier" })).toBe(false);
    expect(holds("member.phone", "eq", { field: "event.phone" })).toBe(false);
    expect(holds("member.tier", "ne", { field: "event.tier" })).toBe(true);
  });
});

describe("a value of another type", () => {
  it("is never equal and has no order", () => {
    expect(holds("member.points", "eq", "5")).toBe(false);
    expect(holds("member.points", "ne", "5")).toBe(true);
    expect(holds("member.points", "lt", "6")).toBe(false);
    expect(holds("event.amount", "gte", 10_000, { event: event({ amount: "20000" }) })).toBe(false);
  });
});

describe("time", () => {
  it("takes a day compared with an instant as the whole day in the zone", () => {
    expect(holds("member.joined_at", "eq", "2026-03-30")).toBe(true);
    expect(holds("member.joined_at", "after", "2026-03-29")).toBe(true);
    expect(holds("member.joined_at", "before", "2026-03-30")).toBe(false);
    expect(holds("member.joined_at", "between", ["2026-03-30", "2026-03-30"])).toBe(true);
    expect(holds("member.joined_at", "eq", "2026-03-30", { zone: "UTC" })).toBe(false);
  });

  it("counts days back to the same time of day, and never takes the future as past", () => {
    expect(holds("member.last_order_at", "within_days", 30)).toBe(true);
    expect(holds("member.last_order_at", "within_days", 30, { now: NOW + 1 })).toBe(false);
    expect(holds("member.last_order_at", "not_within_days", 30, { now: NOW + 1 })).toBe(true);
    expect(holds("member.last_seen_at", "within_days", 1)).toBe(false);
  });

  it("reads instants in attributes and events by their form", () => {
    expect(holds("member.attributes.signed", "before", "2026-03-30")).toBe(false);
    expect(holds("member.attributes.signed", "after", "2026-03-29")).toBe(true);
    expect(holds("event.occurred_at", "within_days", 1, { event: event({}) })).toBe(true);
    expect(holds("event.when", "before", "2026-04-01", { event: event({ when: "2026-02-30" }) })).toBe(false);
  });
});

describe("lists", () => {
  it("contain items, all of several, and are in a list when one item is", () => {
    expect(holds("member.tags", "contains", "vip")).toBe(true);
    expect(holds("member.tags", "contains", ["vip", "coupon user"])).toBe(true);
    expect(holds("member.tags", "contains", ["vip", "other"])).toBe(false);
    expect(holds("member.tags", "in", ["other", "vip"])).toBe(true);
    expect(holds("member.tags", "not_contains", "vi")).toBe(true);
    expect(holds("member.tags", "contains", [])).toBe(false);
  });

  it("are collected over the lines of an order", () => {
    const order = event({ items: [{ category: "baby", price: 100 }, { category: "food" }, {}] });
    expect(holds("event.items.category", "contains", "baby", { event: order })).toBe(true);
    expect(holds("event.items.category", "in", ["toys"], { event: order })).toBe(false);
    expect(holds("event.items.colour", "exists", undefined, { event: order })).toBe(false);
  });
});

describe("the run's own events and coupons", () => {
  const coupon = (id: string, order: number) => ({
    order,
    coupon: { id, code: id.toUpperCase(), offer: "o", name: "20 off", expiresAt: NOW },
  });
  const vars = { second: coupon("c2", 2), first: coupon("c1", 1), third: { order: 3, points: 5 } };

  it("name the latest coupon, a node's coupon, and all of them", () => {
    expect(holds("coupon.id", "eq", "c2", { vars })).toBe(true);
    expect(holds("coupon.of.first.code", "eq", "C1", { vars })).toBe(true);
    expect(holds("event.coupon_id", "in", { field: "coupon.ids" }, { vars, event: event({ coupon_id: "c1" }) })).toBe(
      true,
    );
    expect(holds("event.coupon_id", "in", { field: "coupon.ids" }, { vars, event: event({ coupon_id: "c9" }) })).toBe(
      false,
    );
    expect(holds("event.coupon_id", "in", { field: "coupon.ids" }, { event: event({ coupon_id: "c9" }) })).toBe(false);
  });

  it("name each of several coupons of one node by its place, its last without one", () => {
    const one = (id: string) => coupon(id, 1).coupon;
    const both = { gift: { order: 1, coupon: { ...one("c2"), with: [one("c1")] } }, other: coupon("c3", 2) };
    expect(holds("coupon.of.gift.1.code", "eq", "C1", { vars: both })).toBe(true);
    expect(holds("coupon.of.gift.2.code", "eq", "C2", { vars: both })).toBe(true);
    expect(holds("coupon.of.gift.code", "eq", "C2", { vars: both })).toBe(true);
    expect(holds("coupon.of.gift.3.code", "exists", undefined, { vars: both })).toBe(false);
    const redeemed = { vars: both, event: event({ coupon_id: "c1" }) };
    for (const [field, isOne] of [
      ["coupon.ids", true],
      ["coupon.of.gift.ids", true],
      ["coupon.of.other.ids", false],
    ] as const)
      expect(holds("event.coupon_id", "in", { field }, redeemed), field).toBe(isOne);
  });

  it("compare with the event that started the run", () => {
    const both = { entry: event({ store: "S1" }), event: event({ store: "S1" }) };
    expect(holds("event.store", "eq", { field: "entry.store" }, both)).toBe(true);
    expect(holds("event.store", "ne", { field: "entry.store" }, { ...both, event: event({ store: "S2" }) })).toBe(true);
  });

  it("are not found by names that every object inherits", () => {
    for (const field of [
      "event.constructor",
      "member.attributes.toString",
      "coupon.of.valueOf.id",
      "member.constructor",
    ])
      expect(holds(field, "exists")).toBe(false);
  });
});

describe("what was done", () => {
  const did = (rule: Omit<Extract<Rule, { did: string }>, "measure"> & { measure?: "count" | "amount" }) =>
    evaluate({ measure: "count", ...rule }, facts());

  it("is counted over the zone's days, today as the first", () => {
    expect(did({ did: "visit", is: "gte", value: 1, days: 1 })).toBe(true);
    expect(did({ did: "visit", is: "gte", value: 2, days: 29 })).toBe(false);
    expect(did({ did: "visit", is: "gte", value: 3, days: 30 })).toBe(true);
    expect(did({ did: "visit", is: "gte", value: 3 })).toBe(true);
    expect(did({ did: "purchase", measure: "amount", is: "gte", value: 9_900, days: 2 })).toBe(true);
  });

  it("holds of nothing when less is asked", () => {
    expect(did({ did: "never", is: "lt", value: 1 })).toBe(true);
  });
});

describe("the explanation", () => {
  it("judges every leaf, also after the verdict is certain", () => {
    const rule: Rule = {
      any: [
        { field: "member.tier", is: "eq", value: "gold" },
        { not: { field: "member.phone", is: "exists" } },
        { field: "event.coupon_id", is: "in", value: { field: "coupon.ids" } },
        { did: "visit", measure: "count", is: "gte", value: 9, days: 7 },
      ],
    };
    expect(explain(rule, facts())).toEqual({
      verdict: true,
      any: [
        { field: "member.tier", is: "eq", wanted: "gold", found: "gold", verdict: true },
        { not: { field: "member.phone", is: "exists", found: null, verdict: false }, verdict: true },
        { field: "event.coupon_id", is: "in", than: "coupon.ids", wanted: null, found: null, verdict: false },
        { did: "visit", measure: "count", is: "gte", days: 7, wanted: 9, found: 1, verdict: false },
      ],
    });
  });

  it("keeps little of what an event brings much of, whether it was found or compared with, and cuts no character in two", () => {
    const rule: Rule = { field: "event.book", is: "eq", value: { field: "entry.list" } };
    const book = `${"x".repeat(299)}😀 and on`;
    const list = [...Array(40).keys(), { parts: Array(200).fill("part") }];
    const at = { id: "e", name: "read", occurredAt: NOW, acceptedAt: NOW, isHistorical: false };
    const explained = explain(rule, {
      ...facts(),
      event: { ...at, properties: { book } },
      entry: { ...at, properties: { list } },
    });
    expect(explained).toMatchObject({
      than: "entry.list",
      wanted: [...Array(30).keys(), "…"],
      found: `${"x".repeat(299)}…`,
    });
    expect(JSON.stringify(explained).isWellFormed()).toBe(true);
  });

  it("agrees with the verdict on empty rules", () => {
    for (const rule of [{ all: [] }, { any: [] }, { not: { all: [] } }])
      expect(explain(rule, facts()).verdict).toBe(evaluate(rule, facts()));
  });
});

describe("what the run's own steps brought", () => {
  const vars = {
    ask: { order: 1, task: "t1", answer: { outcome: "called", stars: 2 } },
    hook: { order: 2, call: "c1", answer: { ok: true, items: [{ sku: "a" }, { sku: "b" }] } },
  };

  it("is the latest answer, or that of one node", () => {
    expect(holds("answer.ok", "eq", true, { vars })).toBe(true);
    expect(holds("answer.items.sku", "contains", "b", { vars })).toBe(true);
    expect(holds("answer.stars", "exists", undefined, { vars })).toBe(false);
    expect(holds("answer.of.ask.stars", "lte", 2, { vars })).toBe(true);
    expect(holds("answer.of.nobody.stars", "exists", undefined, { vars })).toBe(false);
  });

  it("is told apart by the node where the run stands", () => {
    const done = event({ task_id: "t1" });
    expect(holds("event.task_id", "eq", { field: "here.task" }, { vars, event: done, node: "ask" })).toBe(true);
    expect(holds("event.task_id", "eq", { field: "here.task" }, { vars, event: done, node: "hook" })).toBe(false);
    expect(holds("event.task_id", "eq", { field: "here.task" }, { vars, event: done })).toBe(false);
    expect(holds("here.answer.outcome", "eq", "called", { vars, node: "ask" })).toBe(true);
  });
});
