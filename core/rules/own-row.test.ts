import { expect, it } from "vitest";
import { ownRowFirst } from "./own-row";
import type { Rule } from "./rule";

const gold: Rule = { field: "member.tier", is: "eq", value: "gold" };
const city: Rule = { field: "member.attributes.city", is: "eq", value: "Suzhou" };
const tagged: Rule = { field: "member.tags", is: "contains", value: "sleeps" };
const bought: Rule = { did: "purchase", measure: "count", is: "gte", value: 2, days: 90 };

it("parts what must hold together, however deep", () => {
  const rule: Rule = { all: [bought, gold, { all: [tagged, { any: [gold, city] }] }, { not: bought }] };
  expect(ownRowFirst(rule)).toEqual({
    own: { all: [gold, { any: [gold, city] }] },
    others: { all: [bought, tagged, { not: bought }] },
  });
});

it("keeps together what any is enough of, and counts points and coupons as looked up", () => {
  const any: Rule = { any: [gold, bought] };
  expect(ownRowFirst(any)).toEqual({ own: { all: [] }, others: { all: [any] } });
  const held: Rule = { field: "member.coupons", is: "exists" };
  const points: Rule = { field: "member.points", is: "gte", value: 1 };
  expect(ownRowFirst({ all: [held, points] })).toEqual({ own: { all: [] }, others: { all: [held, points] } });
  expect(ownRowFirst(gold)).toEqual({ own: { all: [gold] }, others: { all: [] } });
});
