import { describe, expect, it } from "vitest";
import { look, minutesLeft, perMinute, type Sample } from "./pace";

const looked = (...samples: Sample[]) => samples.reduce<Sample[]>(look, []);

describe("the pace of a broadcast", () => {
  it("is what entered between the first and the last look, a minute", () => {
    expect(perMinute(looked({ at: 0, entered: 100 }, { at: 10_000, entered: 200 }, { at: 30_000, entered: 400 }))).toBe(
      600,
    );
  });

  it("is not known from one look, nor from two too close together", () => {
    expect(perMinute(looked({ at: 0, entered: 5 }))).toBeUndefined();
    expect(perMinute(looked({ at: 0, entered: 5 }, { at: 900, entered: 50 }))).toBeUndefined();
  });

  it("forgets what is older than a minute", () => {
    const samples = looked({ at: 0, entered: 0 }, { at: 50_000, entered: 50_000 }, { at: 100_000, entered: 50_100 });
    expect(perMinute(samples)).toBe(120);
  });

  it("begins anew where the number fell, and looks at an instant once", () => {
    expect(looked({ at: 0, entered: 90 }, { at: 5_000, entered: 10 })).toEqual([{ at: 5_000, entered: 10 }]);
    expect(looked({ at: 5_000, entered: 9 }, { at: 5_000, entered: 9 })).toHaveLength(1);
  });

  it("tells the minutes that are left, never less than one while somebody is, and none at a standstill", () => {
    expect(minutesLeft(600, { entered: 1_000, of: 4_100 })).toBe(6);
    expect(minutesLeft(600, { entered: 4_090, of: 4_100 })).toBe(1);
    expect(minutesLeft(600, { entered: 4_100, of: 4_100 })).toBeUndefined();
    expect(minutesLeft(0, { entered: 0, of: 10 })).toBeUndefined();
    expect(minutesLeft(undefined, { entered: 0, of: 10 })).toBeUndefined();
  });
});
