import { describe, expect, it } from "vitest";
import { someone } from "../members/someone-harness";
import { advance, duePort, winner } from "../plan/advance";
import { AT, waitPlan } from "../plan/wait-harness";
import type { EventFacts, Facts } from "../rules/facts";
import { JourneyDocument } from "./document";
import { problems } from "./problems";
import { nodeKinds } from "./registry";

const kind = nodeKinds["wait-first"];
const ANY = { all: [] };
const GOLD = { field: "member.tier", is: "eq", value: "gold" };
const event = (id: string, name = "order_paid", when: object = ANY) => ({ id, event: name, when });
const condition = (id: string, when: object = GOLD) => ({ id, is: "condition", when });
const date = (id: string, more: object = {}) => ({
  id,
  is: "date",
  ...{ date: "member.attributes.wedding", returns: "once", days: 0, time: "10:00", leapDay: "feb28" },
  ...more,
});
const window = (id: string, weekdays = [1, 2, 3, 4, 5, 6, 7]) => ({
  id,
  is: "window",
  window: { weekdays, from: "10:00", to: "12:00" },
});
const duration = (id: string, length: string) => ({ id, is: "duration", for: length });

const parsed = (events: object[], within?: string) => kind.config.parse({ events, ...(within && { within }) });
const codes = (events: object[], within?: string) =>
  problems(
    JourneyDocument.parse({
      name: "first",
      entry: "t",
      nodes: [
        { id: "t", kind: "on-event", config: { event: "order_paid", when: ANY } },
        { id: "n", kind: "wait-first", config: { events, ...(within && { within }) } },
      ],
      edges: [{ from: "t", port: "next", to: "n" }],
      settings: {},
    }),
  )
    .filter(({ node }) => node === "n")
    .map(({ code, path }) => `${code} ${path?.join(".")}`);

// Saturday noon in Shanghai.
const BEGAN = Date.parse("2026-11-28T04:00:00Z");
const plan = (events: object[], within?: string) => {
  const start = kind.family === "wait" ? kind.compile(parsed(events, within)).start : undefined;
  return waitPlan(start?.op === "wait" ? start.first : []);
};
const facts = (set: Parameters<typeof someone>[0] = {}, now = BEGAN): Facts => ({
  member: someone(set),
  now,
  zone: "Asia/Shanghai",
});
const happened = (name: string): EventFacts => ({
  id: "e",
  name,
  properties: {},
  occurredAt: BEGAN,
  acceptedAt: BEGAN,
  isHistorical: false,
});

describe("waiting for the first of several", () => {
  it("reads drawings that knew events only", () => {
    const old = { events: [{ id: "a", name: "Buys", event: "order_paid", when: ANY }], within: "P7D" };
    expect(kind.config.parse(old)).toEqual(old);
    expect(kind.ports(kind.config.parse(old)).map(({ id }) => id)).toEqual(["a", "timeout"]);
  });

  it("gives each its own way, called by what it waits for", () => {
    const ways = parsed([
      event("a"),
      condition("b"),
      date("c", { date: "member.birthday", returns: "lunar", days: -1 }),
      window("d"),
      duration("e", "P3D"),
      { ...duration("f", "P1D"), name: "Patience is over" },
    ]);
    expect(kind.ports(ways).map(({ name }) => name.en)).toEqual([
      "Order paid",
      "Tier is Gold",
      "1 day before lunar birthday",
      "any day 10:00–12:00",
      "3 days",
      "Patience is over",
    ]);
    expect(kind.ports(ways).map(({ name }) => name["zh-CN"])).toEqual([
      "支付订单",
      "等级为金卡",
      "农历生日前 1 天",
      "每天 10:00–12:00",
      "3 天",
      "Patience is over",
    ]);
  });

  it("takes whichever comes first, of the clock's the soonest", () => {
    const wait = plan([event("paid"), condition("gold"), date("wedding"), duration("long", "P30D")], "P40D");
    const soon = facts({ attributes: { wedding: "2026-12-24" } });
    expect(advance(wait, AT, soon)).toMatchObject({ is: "park", dueAt: Date.parse("2026-12-24T02:00:00Z") });
    expect(duePort(wait, AT, soon)).toBe("wedding");
    // A date that is missing never comes, and one that is far comes after the rest.
    for (const wedding of [undefined, "2027-06-01"])
      expect(duePort(wait, AT, facts({ attributes: { wedding } }))).toBe("long");
    expect(winner(wait, AT, { ...soon, event: happened("order_paid") })?.port).toBe("paid");
    expect(winner(wait, AT, { ...facts({ tier: "gold" }), event: happened("store_visit") })?.port).toBe("gold");
    expect(winner(wait, AT, { ...soon, event: happened("store_visit") })).toBeUndefined();
  });

  it("passes at once what holds, is open or lies behind; a condition before the clock, of one sort the upper one", () => {
    const port = (wait: ReturnType<typeof plan>, set: Parameters<typeof someone>[0] = {}) => {
      const move = advance(wait, AT, facts(set));
      return move.is === "go" ? move.target.port : move.is;
    };
    const open = { ...window("open"), window: { weekdays: [6], from: "10:00", to: "20:00" } };
    expect(port(plan([open, condition("gold")]), { tier: "gold" })).toBe("gold");
    expect(port(plan([open, condition("gold")]))).toBe("open");
    expect(port(plan([date("wedding"), open]), { attributes: { wedding: "2026-11-01" } })).toBe("wedding");
    expect(port(plan([open, date("wedding")]), { attributes: { wedding: "2026-11-01" } })).toBe("open");
  });
});

describe("the problems of a wait for the first of several", () => {
  it("are none where each can come first", () => {
    expect(
      codes([event("a"), event("b", "store_visit"), condition("c"), date("d"), window("e", [6]), duration("f", "P2D")]),
    ).toEqual([]);
  });

  it.each<[string, object[], string | undefined, string[]]>([
    ["the same twice", [condition("a"), { ...condition("b"), name: "Again" }], "P1D", ["way_twice events.1"]],
    [
      "an event below one of its name without conditions",
      [event("a"), event("b", "order_paid", GOLD)],
      "P1D",
      ["way_never events.1"],
    ],
    ["an event above one of its name without conditions", [event("a", "order_paid", GOLD), event("b")], "P1D", []],
    [
      "a length of time longer than another",
      [duration("a", "P3D"), duration("b", "PT1H")],
      undefined,
      ["way_never events.0"],
    ],
    ["a limit that comes later", [event("a"), duration("b", "P1D")], "P1D", ["way_never within"]],
    ["a month against thirty days, which may be shorter or longer", [event("a"), duration("b", "P1M")], "P30D", []],
    ["a window each week before ten days", [window("a", [6])], "P10D", ["way_never within"]],
    ["no condition", [condition("a", ANY), event("b")], "P1D", ["condition_empty events.0.when"]],
    ["nothing that is sure to come", [event("a"), date("b"), condition("c")], undefined, ["may_wait_forever within"]],
    ["a date that is none", [date("a", { date: "member.tier" }), event("b")], "P1D", ["date_unfit events.0.date"]],
    [
      "a condition about an event",
      [condition("a", { field: "event.amount", is: "gte", value: 1 }), event("b")],
      "P1D",
      ["field_no_event events.0.when"],
    ],
  ])("are found: %s", (_, events, within, expected) => {
    expect(codes(events, within)).toEqual(expected);
  });

  it("tell of a loop by a day that may be past already", () => {
    const loop = (returns: string) =>
      problems(
        JourneyDocument.parse({
          name: "loop",
          entry: "t",
          nodes: [
            { id: "t", kind: "on-event", config: { event: "order_paid", when: ANY } },
            { id: "n", kind: "wait-first", config: { events: [date("a", { returns }), event("b")], within: "P1D" } },
          ],
          edges: [
            { from: "t", port: "next", to: "n" },
            { from: "n", port: "a", to: "n" },
          ],
          settings: {},
        }),
      ).map(({ code }) => code);
    expect(loop("once")).toEqual(["cycle_without_wait"]);
    expect(loop("yearly")).toEqual([]);
  });

  it("refuse ways without an id of their own, or of no known sort", () => {
    expect(codes([event("a"), event("a", "store_visit")], "P1D")).toEqual(["config_invalid events"]);
    expect(codes([{ id: "timeout", is: "duration", for: "P1D" }])).toEqual(["config_invalid events.0.id"]);
    expect(codes([{ id: "a", is: "hope" }], "P1D")).toEqual(["config_invalid events.0.is"]);
  });
});
