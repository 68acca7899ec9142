import { expect, it } from "vitest";
import { someone } from "../members/someone-harness";
import type { Scene } from "./scene";
import { DAY, HOUR, START, sceneOf } from "./scene-harness";
import { simulate } from "./simulate";

const ANY = { all: [] };
const OFFER = "00000000-0000-7000-8000-000000000001";
/** One step behind a trigger on an event. */
const journey = (event: string, kind: string, config: object, settings: object = {}) => ({
  name: "lapsing",
  entry: "on",
  nodes: [
    { id: "on", kind: "on-event", config: { event, when: ANY } },
    { id: "do", kind, config },
  ],
  edges: [{ from: "on", port: "next", to: "do" }],
  settings: { reentry: { is: "always" }, ...settings },
});
const paid = { name: "order_paid", at: START };
const tagged = (event: string) => journey(event, "tag", { action: "add", tag: "told" });
/** When runs began, and by what. */
const entries = (drawing: object, set: Partial<Scene>) =>
  simulate(sceneOf(drawing, [paid], set)).runs.map(({ enteredAt, entry }) => [
    new Date(enteredAt).toISOString(),
    entry.properties,
  ]);

it("tells of points 30, 7 and 1 days before their last day, summed, and writes them off after it", () => {
  const lots = [
    { remaining: 20, lastDay: "2026-04-10" },
    { remaining: 5, lastDay: "2026-04-10" },
    { remaining: 7, lastDay: null },
  ];
  const told = { points: 25, balance: 32, last_day: "2026-04-10" };
  const scene = { member: someone({ points: 32 }), lots };
  expect(entries(tagged("points_expiring"), scene)).toEqual([
    ["2026-03-10T16:00:00.000Z", { ...told, days_left: 30 }],
    ["2026-04-02T16:00:00.000Z", { ...told, days_left: 7 }],
    ["2026-04-08T16:00:00.000Z", { ...told, days_left: 1 }],
  ]);
  expect(entries(tagged("points_expired"), scene)).toEqual([
    ["2026-04-10T16:00:00.000Z", { points: 25, balance: 7, reason: "expired" }],
  ]);
  const points = (ends: string) =>
    simulate(sceneOf(tagged("x"), [], { ...scene, ends: Date.parse(ends) })).member.points;
  expect([points("2026-04-10T15:59:59Z"), points("2026-04-10T16:00:01Z")]).toEqual([32, 7]);
});

it("fixes the end of points that it gives by the policy of that day", () => {
  const drawing = journey("order_paid", "reward", { grants: [{ is: "points", points: 10 }] });
  const points = (policy: Scene["points"], days: number) =>
    simulate(sceneOf(drawing, [paid], { ...(policy && { points: policy }), ends: START + days * DAY })).member.points;
  expect(points({ expiry: "rolling", months: 1 }, 31)).toBe(10);
  expect(points({ expiry: "rolling", months: 1 }, 32)).toBe(0);
  expect(points({ expiry: "never" }, 400)).toBe(10);
  // Without a word of the workspace's they live for twelve months.
  expect([points(undefined, 360), points(undefined, 400)]).toEqual([10, 0]);
});

it("gives a tier back when its time is over, and tells it; another one that came meanwhile stays", () => {
  const end = { is: "after", duration: "P2D" };
  const drawing = journey("order_paid", "change-tier", { tier: "gold", reason: "trial", end });
  const after = (hours: number, events: Scene["events"] = []) =>
    simulate(sceneOf(drawing, [paid, ...events], { ends: START + hours * HOUR })).member.tier;
  expect([after(47), after(48)]).toEqual(["gold", "basic"]);
  const silver = { name: "tier_changed", at: START + HOUR, properties: { tier: "silver" } };
  expect(after(48, [silver])).toBe("silver");
  // Renewed a day later, the tier of before comes back a day later.
  expect([after(71, [{ ...paid, at: START + DAY }]), after(72, [{ ...paid, at: START + DAY }])]).toEqual([
    "gold",
    "basic",
  ]);
});

it("tells of the coupons that it gave before they end and when they do, never less than their life before", () => {
  const offers: Scene["offers"] = {
    [OFFER]: { name: "tea", validity: { is: "days", days: 5 }, left: null, perMember: null },
  };
  const drawing = {
    ...journey("order_paid", "reward", { grants: [{ is: "coupon", offer: OFFER }] }),
    goal: { on: "coupon_expired", when: ANY },
    exits: [],
  };
  const waits = {
    ...drawing,
    nodes: [
      ...drawing.nodes,
      { id: "wait", kind: "wait-for", config: { event: "coupon_expiring", when: ANY, within: "P10D" } },
      { id: "told", kind: "tag", config: { action: "add", tag: "told" } },
    ],
    edges: [
      ...drawing.edges,
      { from: "do", port: "granted", to: "wait" },
      { from: "wait", port: "happened", to: "told" },
    ],
  };
  const [run] = simulate(sceneOf(waits, [paid], { offers })).runs;
  // Issued on 2 March it ends with 6 March: seven days before that it was not there.
  expect(run?.path.map(({ step, at }) => [step, new Date(at).toISOString()])).toEqual([
    ["do.start", "2026-03-02T01:00:00.000Z"],
    ["wait.start", "2026-03-03T15:59:59.999Z"],
    ["told.start", "2026-03-03T15:59:59.999Z"],
  ]);
});

it("lets nobody in whom another journey of the group has", () => {
  const drawing = journey("order_paid", "tag", { action: "add", tag: "in" }, { group: { name: "birthday", days: 30 } });
  const play = (excludedUntil: number) => simulate(sceneOf(drawing, [paid], { excludedUntil }));
  expect(play(START + 1).away).toMatchObject([{ reason: "excluded" }]);
  expect(play(START).runs).toHaveLength(1);
});
