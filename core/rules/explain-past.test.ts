import { expect, it } from "vitest";
import { someone } from "../members/someone-harness";
import { explainPast } from "./explain-past";
import type { Facts } from "./facts";
import type { Rule } from "./rule";

const member = someone({ tier: "gold" });
const today: Facts = { member, now: Date.UTC(2026, 10, 29), zone: "UTC" };
const at = Date.UTC(2026, 10, 1);
const event = {
  id: "e",
  name: "order_paid",
  properties: { amount: 50, when: "2026-10-30T00:00:00Z" },
  occurredAt: at,
  acceptedAt: at,
  isHistorical: false,
};
const past = { before: { ...today, now: at, event }, today, known: ["event.", "entry."] };
const amount = (value: number): Rule => ({ field: "event.amount", is: "gte", value });
const gold: Rule = { field: "member.tier", is: "eq", value: "gold" };

it("knows what an event's own properties came to, whatever the member is today", () => {
  expect(explainPast({ all: [amount(100), gold] }, past)).toMatchObject({ verdict: false, ofNow: [false, true] });
  expect(explainPast({ any: [amount(10), { not: gold }] }, past)).toMatchObject({
    verdict: true,
    ofNow: [false, true],
  });
});

it("does not know what hangs on the member, whichever way they are today", () => {
  expect(explainPast({ all: [amount(10), gold] }, past)).toMatchObject({
    verdict: undefined,
    explained: { verdict: true },
  });
  expect(explainPast({ not: { any: [amount(100), gold] } }, past)).toMatchObject({
    verdict: undefined,
    explained: { verdict: false },
  });
  expect(explainPast({ did: "visit", measure: "count", is: "lt", value: 1 }, past)).toMatchObject({
    verdict: undefined,
  });
  expect(explainPast({ field: "event.amount", is: "gte", value: { field: "member.points" } }, past)).toMatchObject({
    verdict: undefined,
  });
});
