import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocate } from "./allocate";

const stock = (counter: string, count = 1) => ({ counter, count, lack: "out_of_stock" as const });

describe("sharing out what remains", () => {
  it("serves in the order given until the stock is empty", () => {
    expect(allocate([[stock("a")], [stock("a")], [stock("a")]], new Map([["a", 2]]))).toEqual([
      null,
      null,
      "out_of_stock",
    ]);
  });

  it("gives a reward of two coupons whole or not at all, and what it could not take to the next", () => {
    const remaining = new Map([
      ["a", 1],
      ["b", 0],
    ]);
    expect(allocate([[stock("a"), stock("b")], [stock("a")]], remaining)).toEqual(["out_of_stock", null]);
    expect(remaining).toEqual(
      new Map([
        ["a", 0],
        ["b", 0],
      ]),
    );
  });

  it("says which limit was met first", () => {
    expect(
      allocate(
        [[{ counter: "cap", count: 1, lack: "over_cap" }, stock("a")]],
        new Map([
          ["cap", 0],
          ["a", 0],
        ]),
      ),
    ).toEqual(["over_cap"]);
  });

  it("never gives more than there was, and refuses nobody whose needs were still there", () => {
    const needs = fc.array(
      fc.record({
        counter: fc.constantFrom("a", "b", "c"),
        count: fc.integer({ min: 1, max: 3 }),
        lack: fc.constant("out_of_stock" as const),
      }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(fc.array(needs, { maxLength: 30 }), fc.nat(20), fc.nat(20), (claims, a, b) => {
        const left = new Map([
          ["a", a],
          ["b", b],
        ]);
        const verdicts = allocate(claims, new Map(left));
        claims.forEach((claim, i) => {
          const wanted = new Map<string, number>();
          for (const { counter, count } of claim) wanted.set(counter, (wanted.get(counter) ?? 0) + count);
          const fits = [...wanted].every(
            ([counter, count]) => (left.get(counter) ?? Number.POSITIVE_INFINITY) >= count,
          );
          expect(verdicts[i] === null).toBe(fits);
          if (fits)
            for (const [counter, count] of wanted)
              if (left.has(counter)) left.set(counter, (left.get(counter) ?? 0) - count);
        });
      }),
    );
  });
});
