import { describe, expect, it } from "vitest";
import { typedNumber } from "./typed-number";

describe("a typed number", () => {
  it("is the same however many zeros stand behind it", () => {
    expect(["9.9", "9.90", 9.9].map(typedNumber)).toEqual([9.9, 9.9, 9.9]);
    expect(["0", "0.0", "-0.50"].map(typedNumber)).toEqual([0, 0, -0.5]);
  });

  it("is none while nothing, or only a sign, stands there", () => {
    expect(["", "-", "."].map(typedNumber)).toEqual([undefined, undefined, undefined]);
  });
});
