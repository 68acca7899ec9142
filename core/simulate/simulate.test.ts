import { describe, expect, it } from "vitest";
import { bigOrder, OFFER } from "../journey/big-order-harness";
import { someone } from "../members/someone-harness";
import { DEEPEST, MOST_LIVE } from "../plan/control";
import type { Happening, OfferOnHand, Scene } from "./scene";
import { DAY, HOUR, START, sceneOf } from "./scene-harness";
import { simulate } from "./simulate";
import type { SimulatedRun } from "./simulation";

const ANY = { all: [] };
type Drawn = { id: string; kind: string; config: object };
/** `nodes` in one line behind a trigger; `wires` lead on from other ports. */
const drawing = (
  nodes: Drawn[],
  {
    trigger,
    wires = [],
    ...more
  }: { trigger?: Drawn; wires?: [string, string, string][] } & Record<string, unknown> = {},
) => {
  const first = trigger ?? { id: "t", kind: "on-event", config: { event: "order_paid", when: ANY } };
  return {
    name: "simulated",
    entry: first.id,
    nodes: [first, ...nodes],
    edges: [
      { from: first.id, port: "next", to: nodes[0]?.id },
      ...wires.map(([from, port, to]) => ({ from, port, to })),
    ],
    settings: { reentry: { is: "always" } },
    ...more,
  };
};
const tag = (id: string): Drawn => ({ id, kind: "tag", config: { action: "add", tag: id } });
const waitFor = (event: string, within = "PT1H"): Drawn => ({
  id: "wait",
  kind: "wait-for",
  config: { event, when: ANY, within },
});
const order = (after = 0, more: Partial<Happening> = {}): Happening => ({
  name: "order_paid",
  at: START + after,
  properties: { amount: 20_000 },
  ...more,
});
const happens = (name: string, after: number, more: Partial<Happening> = {}): Happening => ({
  name,
  at: START + after,
  ...more,
});
const stock = (left: number | null, perMember: number | null = null): Record<string, OfferOnHand> => ({
  [OFFER]: { name: "20 off 100", validity: { is: "days", days: 30 }, left, perMember },
});

const runs = (scene: Scene): SimulatedRun[] => simulate(scene).runs;
/** The only run's path as "step port", with hours from the start where it took time. */
const path = (scene: Scene): string[] =>
  runs(scene).flatMap((run) => run.path.map(({ step, port, at }) => said(step, port, at)));
const said = (step: string, port: string, at: number) =>
  `${step} ${port}${at === START ? "" : ` +${(at - START) / HOUR}h`}`;

describe("a whole journey", () => {
  const gold = someone({ tier: "gold" });
  const used = happens("coupon_redeemed", 2 * DAY, { about: "both" });

  it("tells each step with its port, instant, reason and effects", () => {
    const [run] = runs(sceneOf(bigOrder, [order(), used], { member: gold, offers: stock(null) }));
    expect(run?.path.map(({ step, port, at }) => said(step, port, at))).toEqual([
      "gold.start yes",
      "both.start granted",
      "sms.start next",
      "used.start happened +48h",
      "user.start next +48h",
    ]);
    expect(run?.path[0]?.why).toEqual({ field: "member.tier", is: "eq", wanted: "gold", found: "gold", verdict: true });
    expect(run?.path[1]?.effects.map(({ effect }) => effect.type)).toEqual(["issueCoupon", "addPoints"]);
    expect(run?.path[3]?.why).toMatchObject({ event: "event-2", rule: { field: "event.coupon_id", verdict: true } });
    expect(run).toMatchObject({ state: "done", enteredAt: START });
  });

  it("leaves the member as the journey would", () => {
    const { member } = simulate(
      sceneOf(bigOrder, [order(), used], { member: gold, offers: stock(null), ends: START + 60 * DAY }),
    );
    expect(member).toMatchObject({ points: 100, orders: 1, spent: 20_000, tags: ["coupon user"] });
    expect(member.coupons).toHaveLength(1);
  });

  it("takes the way of its refusal when the stock is out, the cap is reached, or there is no such offer", () => {
    const port = (offers: Scene["offers"], events = [order()]) =>
      runs(sceneOf(bigOrder, events, { member: gold, ...(offers && { offers }) })).map(
        (run) => run.path.find(({ step }) => step === "both.start")?.port,
      );
    expect(port(stock(0))).toEqual(["out_of_stock"]);
    expect(port(stock(5, 0))).toEqual(["over_cap"]);
    expect(port(undefined)).toEqual(["refused"]);
  });
});

describe("a wait with a time-out", () => {
  const scene = (events: Happening[], set: Partial<Scene> = {}) =>
    sceneOf(
      drawing([waitFor("store_visit"), tag("came"), tag("late")], {
        wires: [
          ["wait", "happened", "came"],
          ["wait", "timeout", "late"],
        ],
      }),
      events,
      set,
    );

  it.each([
    [
      "a millisecond before",
      HOUR - 1,
      ["wait.start happened +0.9999997222222222h", "came.start next +0.9999997222222222h"],
    ],
    ["at the same instant", HOUR, ["wait.start happened +1h", "came.start next +1h"]],
    ["a millisecond after", HOUR + 1, ["wait.start timeout +1h", "late.start next +1h"]],
  ])("has one winner when the event comes %s", (_, after, way) => {
    expect(path(scene([order(), happens("store_visit", after)]))).toEqual(way);
  });

  it("is won by mail that came while the run was on its way", () => {
    const events = [order(), happens("store_visit", 10)];
    expect(path(scene(events, { pace: { ready: 5000, due: 0 } }))).toHaveLength(2);
    expect(runs(scene(events, { pace: { ready: 5000, due: 0 } }))[0]?.path[0]).toMatchObject({
      port: "happened",
      at: START + 5000,
      why: { name: "store_visit" },
    });
  });

  it("is not won by what happened over a day ago, nor by history", () => {
    const late = happens("store_visit", 10, { occurredAt: START - 25 * HOUR });
    const history = happens("store_visit", 20, { isHistorical: true });
    expect(path(scene([order(), late, history]))[0]).toBe("wait.start timeout +1h");
  });

  it("stands still at the end of the simulation", () => {
    const [run] = runs(scene([order()], { ends: START + HOUR - 1 }));
    expect(run).toMatchObject({ state: "parked", dueAt: START + HOUR, path: [] });
  });
});

it("leaves a wait by the day that had come, whatever an event says of it afterwards", () => {
  const config = { date: "member.attributes.visit", returns: "once", days: 0, time: "10:00", leapDay: "feb28" };
  const scene = (visit: unknown) => {
    const changed = happens("identified", DAY + HOUR + 1, { traits: { visit } });
    const member = someone({ attributes: { visit: "2026-03-03" } });
    return sceneOf(drawing([{ id: "day", kind: "wait-date", config }]), [order(), changed], {
      member,
      pace: { ready: 0, due: HOUR },
    });
  };
  for (const visit of ["2026-03-03", "2020-01-01", "2026-03-09", null])
    expect(runs(scene(visit)).flatMap((run) => run.path.map(({ port }) => port))).toEqual(["reached"]);
});

it("ends at once by a goal with its value, and by an exit", () => {
  const aimed = drawing([waitFor("store_visit", "P7D"), tag("a")], {
    goal: { on: "order_paid", when: { field: "event.amount", is: "gte", value: 50_000 }, value: "amount" },
    exits: [{ on: "account_closed", when: ANY }],
    settings: { reentry: { is: "once" } },
  });
  expect(runs(sceneOf(aimed, [order(), order(DAY, { properties: { amount: 60_000 } })]))[0]).toMatchObject({
    state: "goal",
    goalValue: 60_000,
    goalAt: START + DAY,
  });
  expect(runs(sceneOf(aimed, [order(), happens("account_closed", DAY)]))[0]).toMatchObject({ state: "exited" });
});

it("asks the re-entry rule of every entry, and tells who was turned away", () => {
  const once = drawing([tag("a")], { settings: { reentry: { is: "once" } } });
  const { runs: entered, away } = simulate(sceneOf(once, [order(), order(DAY)]));
  expect(entered).toHaveLength(1);
  expect(away).toMatchObject([{ at: START + DAY, reason: "re_entry" }]);
  const keyed = drawing([tag("a")], { settings: { reentry: { is: "per_key", key: "order_id" } } });
  const orders = ["1", "2", "1"].map((id, i) => order(i * HOUR, { properties: { order_id: id } }));
  expect(runs(sceneOf(keyed, orders)).map(({ key }) => key)).toEqual(["1", "2"]);
});

it("keeps the variant a member was first exposed to, and draws one for those who were not", () => {
  const test = drawing([
    {
      id: "ab",
      kind: "split",
      config: {
        variants: [
          { id: "a", name: "A", weight: 1 },
          { id: "b", name: "B", weight: 1 },
        ],
      },
    },
  ]);
  const first = simulate(sceneOf(test, [order(), order(DAY)]));
  expect(new Set(first.runs.map(({ path: [line] }) => line?.port)).size).toBe(1);
  for (const variant of ["a", "b"])
    expect(path(sceneOf(test, [order()], { variants: { "j/ab": variant } }))).toEqual([`ab.start ${variant}`]);
});

it("lets a held member hear goals only, until the observation ends", () => {
  const held = drawing([tag("a")], { goal: { on: "store_visit", when: ANY }, settings: { reentry: { is: "once" } } });
  const scene = (events: Happening[]) => sceneOf(held, events, { holdout: { percent: 50, days: 7 }, member: kept });
  const kept = someone({ id: heldId() });
  expect(runs(scene([order(), happens("store_visit", 6 * DAY)]))[0]).toMatchObject({
    state: "goal",
    goalAt: START + 6 * DAY,
  });
  expect(runs(scene([order(), happens("store_visit", 8 * DAY)]))[0]).toMatchObject({
    state: "done",
    goalAt: null,
    path: [],
  });
});

it("has a member in the arm that they are known to be in, whatever the share is", () => {
  const arms = (isHeld: boolean) => ({ workspace: { isHeld, percent: 5, at: START - DAY }, journey: null });
  const state = (member: ReturnType<typeof someone>, isHeld: boolean) =>
    runs(
      sceneOf(drawing([tag("a")]), [order()], {
        holdout: { percent: 50, days: 7 },
        member,
        arms: arms(isHeld),
        ends: START,
      }),
    )[0]?.state;
  const kept = someone({ id: heldId() });
  expect(state(kept, false)).not.toBe("held");
  expect(state(kept, true)).toBe("held");
});

/** A member whom half a holdout keeps out. */
function heldId() {
  for (let i = 0; ; i++) {
    const { id } = someone({ id: `m${i}` as ReturnType<typeof someone>["id"] });
    const probe = sceneOf(drawing([tag("a")]), [order()], {
      holdout: { percent: 50, days: 7 },
      member: someone({ id }),
      ends: START,
    });
    if (runs(probe)[0]?.state === "held") return id;
  }
}

it("goes round a loop as often as allowed, and hears what it emits itself", () => {
  const loop = drawing(
    [{ id: "emit", kind: "emit-event", config: { name: "again please", properties: [] } }, waitFor("again please")],
    {
      wires: [
        ["emit", "next", "wait"],
        ["wait", "happened", "emit"],
      ],
      settings: { reentry: { is: "once" }, visits: 3 },
    },
  );
  const [run] = runs(sceneOf(loop, [order()]));
  expect(run).toMatchObject({ state: "exited", lap: 3 });
  expect(run?.reason).toContain("as often as the journey allows");
});

it("takes a colleague's answer, and goes on by it", () => {
  const asked = drawing(
    [
      {
        id: "ask",
        kind: "approval",
        config: { title: "OK?", instructions: "", role: "approver", within: "P2D", escalation: { is: "none" } },
      },
      tag("yes"),
    ],
    { wires: [["ask", "approved", "yes"]] },
  );
  const answer = happens("approval_decided", HOUR, { about: "ask", answer: { outcome: "approved" } });
  expect(path(sceneOf(asked, [order(), answer])).at(-1)).toBe("yes.start next +1h");
  expect(path(sceneOf(asked, [order()])).at(-1)).toBe("ask.late expired +48h");
});

describe("entries that the clock makes", () => {
  const at = (trigger: Drawn, events: Happening[] = [], set: Partial<Scene> = {}) =>
    runs(sceneOf(drawing([tag("a")], { trigger, settings: { reentry: { is: "always" } } }), events, set)).map(
      ({ enteredAt }) => new Date(enteredAt).toISOString(),
    );

  it("come on a birthday, 29 February on the day before in other years", () => {
    const config = { date: "member.birthday", returns: "yearly", days: -3, time: "10:00", leapDay: "feb28", when: ANY };
    expect(at({ id: "t", kind: "on-date", config })).toEqual(["2027-02-25T02:00:00.000Z"]);
  });

  it("come on a holiday, and on a lunar birthday", () => {
    const holiday = { holiday: "dragon_boat", days: -1, time: "10:00", when: ANY };
    expect(at({ id: "t", kind: "on-holiday", config: holiday })).toEqual(["2026-06-18T02:00:00.000Z"]);
    const lunar = { date: "member.birthday", returns: "lunar", days: 0, time: "10:00", leapDay: "feb28", when: ANY };
    const member = someone({ birthday: "1990-05-20" });
    expect(at({ id: "t", kind: "on-date", config: lunar }, [], { member })).toEqual(["2026-06-11T02:00:00.000Z"]);
  });

  it("come after silence, which a visit ends", () => {
    const silent = { id: "t", kind: "on-inactivity", config: { of: "visit", days: 30, when: ANY } };
    const member = someone({ lastVisitAt: START });
    expect(at(silent, [], { member })).toEqual(["2026-04-01T01:00:00.000Z"]);
    expect(at(silent, [happens("store_visit", 10 * DAY)], { member, ends: START + 50 * DAY })).toEqual([
      "2026-04-11T01:00:00.000Z",
    ]);
  });

  it("come also where something happens in the very instant of the entry", () => {
    const day = { id: "t", kind: "on-member-day", config: { day: 3, time: "00:00", when: ANY } };
    const instant = "2026-03-02T16:00:00.000Z";
    expect(at(day, [happens("page_viewed", Date.parse(instant) - START)], { ends: START + 2 * DAY })).toEqual([
      instant,
    ]);
  });

  it("come by schedule, and once by broadcast", () => {
    const reach = { segment: "", when: ANY, perMinute: 0 };
    const monthly = { id: "t", kind: "on-schedule", config: { cron: "0 10 15 * *", zone: "", ...reach } };
    expect(at(monthly, [], { ends: START + 60 * DAY })).toEqual([
      "2026-03-15T02:00:00.000Z",
      "2026-04-15T02:00:00.000Z",
    ]);
    const once = { id: "t", kind: "on-broadcast", config: { at: "2026-03-08T09:30", ...reach } };
    expect(at(once)).toEqual(["2026-03-08T01:30:00.000Z"]);
  });
});

it("ends a journey that feeds itself where the engine ends it, and says so", () => {
  const drawing = {
    name: "Round",
    entry: "on",
    nodes: [
      { id: "on", kind: "on-event", config: { event: "points_earned", when: { all: [] } } },
      { id: "do", kind: "reward", config: { grants: [{ is: "points", points: 1 }] } },
    ],
    edges: [{ from: "on", port: "next", to: "do" }],
    settings: { reentry: { is: "always" } },
  };
  const { runs, away } = simulate(sceneOf(drawing, [{ name: "points_earned", at: START }]));
  expect(runs.map(({ entry }) => entry.depth ?? 0)).toEqual(Array.from({ length: DEEPEST + 1 }, (_, depth) => depth));
  expect(away.map(({ reason }) => reason)).toEqual(["too_deep"]);
});

it("lets no more of one member's runs be on their way than the engine does", () => {
  const events = Array.from({ length: MOST_LIVE + 5 }, (_, i) => ({ name: "order_paid", at: START + i }));
  const { runs, away } = simulate(
    sceneOf(
      drawing([{ id: "wait", kind: "delay", config: { for: "P7D" } }], { settings: { reentry: { is: "always" } } }),
      events,
    ),
  );
  expect([runs.length, new Set(away.map(({ reason }) => reason)), away.length]).toEqual([
    MOST_LIVE,
    new Set(["limit_member"]),
    5,
  ]);
});

it("lets no more of them begin by the clock, either", () => {
  const daily = drawing([{ id: "wait", kind: "delay", config: { for: "P365D" } }], {
    trigger: {
      id: "t",
      kind: "on-schedule",
      config: { cron: "0 9 * * *", zone: "", segment: "", when: ANY, perMinute: 0 },
    },
    settings: { reentry: { is: "always" } },
  });
  const { runs, away } = simulate(sceneOf(daily, [], { ends: START + (MOST_LIVE + 3) * DAY }));
  expect([runs.length, new Set(away.map(({ reason }) => reason))]).toEqual([MOST_LIVE, new Set(["limit_member"])]);
});
