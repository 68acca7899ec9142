import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowance } from "./steady-rate";

const NOON = Date.UTC(2026, 4, 1, 12);
const at = (ms: number): Date => new Date(NOON + ms);
/** Ten a second. */
const rate = { perMinute: 600, from: at(0), count: 0 };

describe("allowance", () => {
  it("lets in by the time that has passed, and tells when the next may", () => {
    expect(allowance(rate, at(0))).toEqual({ count: 0, waitMs: 100 });
    expect(allowance(rate, at(99))).toEqual({ count: 0, waitMs: 20 });
    expect(allowance(rate, at(100))).toMatchObject({ count: 1 });
    expect(allowance(rate, at(1_000))).toMatchObject({ count: 10 });
    expect(allowance({ ...rate, count: 10 }, at(1_000))).toEqual({ count: 0, waitMs: 100 });
  });

  it("knows no bound where none is asked for", () => {
    expect(allowance({ from: at(0), count: 7 }, at(-5_000)).count).toBe(Number.POSITIVE_INFINITY);
  });

  it("makes up for five seconds of a stop, and counts from there", () => {
    expect(allowance(rate, at(5_000))).toEqual({ count: 50, waitMs: 20 });
    expect(allowance(rate, at(3_600_000))).toEqual({ count: 50, waitMs: 20, from: at(3_595_000) });
  });

  it("lets nobody in by a clock that went back, and goes on at its rate from there", () => {
    for (const back of [1, 30, 200, 3_600_000]) {
      const { from, ...now } = allowance(rate, at(-back));
      expect(now).toEqual({ count: 0, waitMs: 100 });
      expect(from).toEqual(at(-back));
      expect(allowance({ ...rate, from: from ?? at(0) }, at(1_000 - back))).toMatchObject({ count: 10 });
    }
    const { from } = allowance({ ...rate, count: 40 }, at(1_000));
    expect(from).toEqual(at(-3_000));
    expect(allowance({ ...rate, from: from ?? at(0), count: 40 }, at(1_500))).toEqual({ count: 5, waitMs: 20 });
  });

  it("is never less than nobody nor more than five seconds of its rate, and takes no division's rest for a clock that went back", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        fc.integer({ min: 0, max: 10_000_000 }),
        (perMinute, ms, count) => {
          const told = allowance({ perMinute, from: at(0), count }, at(ms));
          expect(told.count).toBeGreaterThanOrEqual(0);
          expect(told.count).toBeLessThanOrEqual(Math.ceil((5_001 * perMinute) / 60_000));
          const from = told.from ?? at(0);
          expect(allowance({ perMinute, from, count: count + told.count }, at(ms))).toMatchObject({ count: 0 });
          expect(allowance({ perMinute, from, count: count + told.count }, at(ms)).from).toBeUndefined();
        },
      ),
    );
  });
});
