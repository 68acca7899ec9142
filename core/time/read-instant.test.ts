import { describe, expect, it } from "vitest";
import { readInstant } from "./read-instant";

const NOON = Date.UTC(2026, 10, 22, 12);

describe("an instant as senders write it", () => {
  it.each([
    "2026-11-22T12:00:00Z",
    "2026-11-22T12:00:00.000Z",
    "2026-11-22t12:00z",
    "2026-11-22 12:00:00Z",
    "2026-11-22T12:00:00.000000123Z",
    "2026-11-22T12:00:00,000Z",
    "2026-11-22T20:00:00+08:00",
    "2026-11-22T20:00:00.000+0800",
    "2026-11-22T20:00+08",
    " 2026-11-22T12:00:00Z ",
    "Sun, 22 Nov 2026 12:00:00 GMT",
    "Sun, 22 Nov 2026 20:00:00 +0800",
    "Sun Nov 22 2026 20:00:00 GMT+0800 (China Standard Time)",
    NOON,
    NOON / 1000,
    NOON / 1000 + 0.0004,
    String(NOON),
    String(NOON / 1000),
  ])("%j names its zone, or counts from 1970", (said) =>
    expect(readInstant(said)).toEqual({ at: NOON, hasZone: true }),
  );

  it.each(["2026-11-22T12:00:00", "2026-11-22 12:00", "2026-11-22T12:00:00.000"])("%j is read as UTC", (said) =>
    expect(readInstant(said)).toEqual({ at: NOON, hasZone: false }),
  );
  it("is the day's first for a day alone", () =>
    expect(readInstant("2026-11-22")).toEqual({ at: NOON - 12 * 3_600_000, hasZone: false }));

  it.each([
    "03/04/2026",
    "2026",
    "29.11.2026",
    "2026-02-30T12:00:00Z",
    "2026-11-22T25:00:00Z",
    "2026-11-22T12:00:00+99:99",
    "Sun Nov 22 2026 20:00:00",
    "22 Foo 2026 12:00:00 GMT",
    "yesterday",
    "",
    9e15,
    Number.NaN,
    null,
    {},
  ])("%j is none", (said) => expect(readInstant(said)).toBeUndefined());
});
