import { describe, expect, it } from "vitest";
import { takeFrom } from "./rate";

const of = { perSecond: 10, burst: 5 };

describe("a rate", () => {
  it("gives a burst at once, then one each tenth of a second", () => {
    let full = 0;
    const waits = Array.from({ length: 7 }, () => {
      const taken = takeFrom(full, 1000, of);
      full = taken.full;
      return taken.wait;
    });
    expect(waits).toEqual([0, 0, 0, 0, 0, 100, 100]);
    expect(takeFrom(full, 1100, of).wait).toBe(0);
  });
  it("never saves more than a burst", () => {
    expect(takeFrom(0, 1_000_000, of).full).toBe(1_000_100);
  });
  it("gives what is larger than a burst to a full bucket only", () => {
    expect(takeFrom(0, 1000, { ...of, cost: 20 })).toEqual({ full: 3000, wait: 0 });
    expect(takeFrom(1100, 1000, { ...of, cost: 20 }).wait).toBe(100);
  });
});
