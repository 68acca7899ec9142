import { expect, it } from "vitest";
import { holdsOf } from "./known-in-part";
import type { Rule } from "./rule";

const tier = (is: "eq" | "ne" | "in" | "not_in" | "exists" | "not_exists", value?: string | string[]): Rule => ({
  field: "event.tier",
  is,
  ...(value !== undefined && { value }),
});
const points = (is: "gt" | "gte" | "lt" | "lte", value: number): Rule => ({ field: "event.points", is, value });
const unknown: Rule = { field: "member.tier", is: "eq", value: "gold" };

it.each<[Rule, boolean | undefined]>([
  [{ all: [] }, true],
  [{ any: [] }, false],
  [tier("eq", "gold"), true],
  [tier("ne", "gold"), false],
  [tier("in", ["silver", "gold"]), true],
  [tier("not_in", ["silver", "gold"]), false],
  [tier("exists"), true],
  [tier("not_exists"), false],
  [points("gt", 5), false],
  [points("gte", 5), true],
  [points("lt", 5), false],
  [points("lte", 5), true],
  [{ field: "event.tier", is: "starts_with", value: "g" }, undefined],
  [{ field: "event.tier", is: "eq", value: { field: "member.tier" } }, undefined],
  [{ field: "event.balance", is: "gte", value: 1 }, undefined],
  [{ did: "order_paid", measure: "count", is: "gte", value: 1 }, undefined],
  [unknown, undefined],
  [{ all: [unknown, tier("eq", "silver")] }, false],
  [{ all: [unknown, tier("eq", "gold")] }, undefined],
  [{ any: [unknown, tier("eq", "gold")] }, true],
  [{ any: [unknown, tier("eq", "silver")] }, undefined],
  [{ not: tier("eq", "silver") }, true],
  [{ not: unknown }, undefined],
])("%j of an event whose tier is gold and whose points are 5: %s", (rule, verdict) => {
  expect(holdsOf(rule, { tier: "gold", points: 5 })).toBe(verdict);
});
