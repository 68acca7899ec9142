import { expect, it } from "vitest";
import type { MemberFacts } from "../../rules/facts";
import { attributesAfter, refusedAdding } from "./set-attribute";

const add = (by: number) => ({ type: "setAttribute", attribute: "count", change: { is: "add", by } }) as const;
const having = (attributes: Record<string, unknown>) => ({ attributes }) as MemberFacts;

it.each([
  [{}, 5],
  [{ count: 0 }, 5],
  [{ count: 2 }, 7],
  [{ count: -2.5 }, 2.5],
])("counts on from %j", (attributes, sum) => {
  expect(refusedAdding(add(5), having(attributes))).toBeNull();
  expect(attributesAfter(add(5), having(attributes), undefined)).toEqual({ count: sum });
});

it("adds to no text, list or truth value, and to no number beyond what is exact", () => {
  for (const count of ["abc", "5", true, ["a"]]) expect(refusedAdding(add(1), having({ count }))).toBe("not_a_number");
  for (const count of [1.7e308, -1.7e308, Number.MAX_SAFE_INTEGER])
    expect(refusedAdding(add(1e9), having({ count }))).toBe("beyond_number");
  expect(refusedAdding(add(-1), having({ count: Number.MAX_SAFE_INTEGER }))).toBeNull();
});
