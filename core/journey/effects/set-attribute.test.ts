import { expect, it } from "vitest";
import type { EventFacts, MemberFacts } from "../../rules/facts";
import { attributesAfter, refusedSetting } from "./set-attribute";

const add = (by: number) => ({ type: "setAttribute", attribute: "count", change: { is: "add", by } }) as const;
const having = (attributes: Record<string, unknown>) => ({ attributes }) as MemberFacts;

it.each([
  [{}, 5],
  [{ count: 0 }, 5],
  [{ count: 2 }, 7],
  [{ count: -2.5 }, 2.5],
])("counts on from %j", (attributes, sum) => {
  expect(refusedSetting(add(5), having(attributes), undefined)).toBeNull();
  expect(attributesAfter(add(5), having(attributes), undefined)).toEqual({ count: sum });
});

it("adds to no text, list or truth value, and to no number beyond what is exact", () => {
  for (const count of ["abc", "5", true, ["a"]])
    expect(refusedSetting(add(1), having({ count }), undefined)).toBe("not_a_number");
  for (const count of [1.7e308, -1.7e308, Number.MAX_SAFE_INTEGER])
    expect(refusedSetting(add(1e9), having({ count }), undefined)).toBe("beyond_number");
  expect(refusedSetting(add(-1), having({ count: Number.MAX_SAFE_INTEGER }), undefined)).toBeNull();
});

it.each([
  ["L", null],
  [0, null],
  [["a", "b"], null],
  [undefined, "no_value"],
  [null, "no_value"],
  [{ size: "L" }, "not_keepable"],
  [[["a"]], "not_keepable"],
  ["x".repeat(501), "not_keepable"],
  ["a\0b", "not_keepable"],
  ["half \ud83d", "not_keepable"],
])("takes from an event what an attribute can hold, and says why it does not: %j", (size, reason) => {
  const take = { type: "setAttribute", attribute: "count", change: { is: "event", property: "size" } } as const;
  const entry = { properties: { size } } as unknown as EventFacts;
  expect(refusedSetting(take, having({ count: 1 }), entry)).toBe(reason);
  expect(attributesAfter(take, having({ count: 1 }), entry)).toEqual({ count: reason === null ? size : 1 });
});
