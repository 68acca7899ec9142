import { expect, it } from "vitest";
import { someone } from "../members/someone-harness";
import type { Facts } from "../rules/facts";
import type { Rule } from "../rules/rule";
import { asksTheClock, look, nextLook } from "./look";
import type { Plan } from "./plan";
import { react } from "./react";
import type { Waiting } from "./step";
import { AT, waitPlan } from "./wait-harness";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const VISIT = Date.parse("2026-03-02T01:00:00Z");
const silent = (days: number): Rule => ({ field: "member.last_visit_at", is: "not_within_days", value: days });

const until = (rule: Rule, after = "P30D"): Waiting[] => [
  { holds: rule, go: { port: "holds" } },
  { until: { after }, go: { port: "timeout" } },
];
const facts = (now: number, lastVisitAt: number | null = VISIT): Facts => ({
  member: someone({ lastVisitAt }),
  now,
  zone: "Asia/Shanghai",
});
const parked = (dueAt: number | null, lookAt: number | null = null) => ({
  step: AT,
  state: "parked" as const,
  dueAt,
  lookAt,
});
const TRUE_AT = VISIT + 2 * DAY + 1;

it("comes when a rule that a wait is for comes true by the clock, and not where it never does", () => {
  expect(nextLook(waitPlan(until(silent(2))), parked(VISIT + 30 * DAY), facts(VISIT))).toBe(TRUE_AT);
  expect(nextLook(waitPlan(until(silent(2))), parked(VISIT + 30 * DAY), facts(VISIT, null))).toBeNull();
  const gold = waitPlan(until({ field: "member.tier", is: "eq", value: "gold" }));
  expect(asksTheClock(gold, parked(null))).toBe(false);
  expect(nextLook(gold, parked(null), facts(VISIT))).toBeNull();
});

it("comes for exits and goals that need no event, and for no others", () => {
  const wait: Waiting[] = [{ until: { after: "P30D" }, go: { port: "next" } }];
  const own = parked(VISIT + 30 * DAY);
  expect(nextLook(waitPlan(wait, { exits: [{ when: silent(2) }] }), own, facts(VISIT))).toBe(TRUE_AT);
  expect(nextLook(waitPlan(wait, { goal: { when: silent(2) } }), own, facts(VISIT))).toBe(TRUE_AT);
  expect(nextLook(waitPlan(wait, { exits: [{ on: "order_paid", when: silent(2) }] }), own, facts(VISIT))).toBeNull();
  const ofAnEvent: Rule = { all: [silent(2), { field: "event.store", is: "ne", value: "S1" }] };
  expect(nextLook(waitPlan(wait, { exits: [{ when: ofAnEvent }] }), own, facts(VISIT))).toBeNull();
});

it("does not come after the wait's own time", () => {
  expect(nextLook(waitPlan(until(silent(2), "P1D")), parked(VISIT + DAY), facts(VISIT))).toBeNull();
  expect(nextLook(waitPlan(until(silent(2))), parked(TRUE_AT), facts(VISIT))).toBe(TRUE_AT);
});

it("sees what had come at its instant, however late it looks, and what came first", () => {
  const at = (rule: Rule, exits: Plan["exits"], last: number) =>
    look(waitPlan(until(rule), { exits }), parked(VISIT + 30 * DAY, TRUE_AT), last, (now) => facts(now));
  expect(at(silent(2), [], TRUE_AT + 20 * DAY)).toMatchObject({
    is: "opens",
    port: "holds",
    at: TRUE_AT,
    why: { found: VISIT, verdict: true },
  });
  expect(at(silent(2), [{ when: silent(2) }], TRUE_AT)).toMatchObject({ is: "exit", at: TRUE_AT });
  expect(at(silent(3), [{ when: silent(4) }], TRUE_AT + 20 * DAY)).toMatchObject({ is: "opens", at: TRUE_AT + DAY });
  expect(at(silent(3), [], TRUE_AT)).toEqual({ is: "waits", lookAt: TRUE_AT + DAY });
});

it("finds a rule that held for a while only", () => {
  const between: Rule = { all: [silent(2), { not: silent(4) }] };
  const seen = look(waitPlan(until(between)), parked(VISIT + 30 * DAY, TRUE_AT), VISIT + 20 * DAY, (now) => facts(now));
  expect(seen).toMatchObject({ is: "opens", at: TRUE_AT });
});

it("opens the wait by its rule, not by its time-out, where both come at one instant", () => {
  const seen = look(waitPlan(until(silent(2))), parked(TRUE_AT, TRUE_AT), TRUE_AT + DAY, (now) => facts(now));
  expect(seen).toMatchObject({ is: "opens", port: "holds" });
});

it("moves sooner with what an event changes, and is not written when it moves later", () => {
  const heard = (lookAt: number | null, now: number, visit: number, isHistorical = false) =>
    react(waitPlan(until(silent(2))), parked(VISIT + 30 * DAY, lookAt), {
      ...facts(now, visit),
      event: { id: "e", name: "store_visit", properties: {}, occurredAt: now, acceptedAt: now, isHistorical },
    }).move;
  const later = VISIT + DAY;
  expect(heard(TRUE_AT, later, later)).toBeNull();
  expect(heard(null, later, later)).toEqual({ is: "waits", dueAt: VISIT + 30 * DAY, lookAt: later + 2 * DAY + 1 });
  expect(heard(null, later, VISIT, true)).toEqual({ is: "waits", dueAt: VISIT + 30 * DAY, lookAt: TRUE_AT });
});

it("holds for a member who is kept out as far as goals and exits go", () => {
  const held = { step: AT, state: "held" as const, dueAt: VISIT + 30 * DAY, lookAt: null };
  expect(nextLook(waitPlan(until(silent(2))), held, facts(VISIT))).toBeNull();
  expect(nextLook(waitPlan([], { goal: { when: silent(2) } }), held, facts(VISIT))).toBe(TRUE_AT);
});
