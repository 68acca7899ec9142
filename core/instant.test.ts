import { describe, expect, it } from "vitest";
import { Instant, InstantText } from "./instant";

describe("an instant in an input", () => {
  it.each([
    ["2026-11-22T08:00:00Z", "2026-11-22T08:00:00.000Z"],
    ["2026-11-22T16:00:00.5+08:00", "2026-11-22T08:00:00.500Z"],
    ["1484-04-28T19:15:46+17:08", "1484-04-28T02:07:46.000Z"],
    ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000Z"],
  ])("%s is %s in UTC, whatever its offset", (text, utc) => {
    expect(InstantText.parse(text)).toBe(utc);
  });
  it.each(["", "yesterday", "2026-11-22", "2026-11-22T08:00:00", "0000-06-01T00:00:00Z", "0001-01-01T00:00:00+01:00"])(
    "%j is none that the database could hold",
    (text) => {
      expect(InstantText.safeParse(text).success).toBe(false);
    },
  );
});

it("an instant in an answer is a Date", () => {
  expect(Instant.safeParse("2026-11-22T08:00:00Z").success).toBe(false);
});
