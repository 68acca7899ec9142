import { describe, expect, it } from "vitest";
import { dayOf, dayPlus, instantOf, isDay, startOfDay } from "./day";
import { isDuration, later } from "./duration";
import { zoneOfMember } from "./zone-of";

const at = (iso: string) => Date.parse(iso);

describe("a duration", () => {
  it("counts days by the calendar of the zone and hours exactly", () => {
    // Berlin set its clocks forward on 29 March 2026.
    expect(later(at("2026-03-28T11:00:00Z"), "P1D", "Europe/Berlin")).toBe(at("2026-03-29T10:00:00Z"));
    expect(later(at("2026-03-28T11:00:00Z"), "PT24H", "Europe/Berlin")).toBe(at("2026-03-29T11:00:00Z"));
    expect(later(at("2026-01-31T04:00:00Z"), "P1M", "Asia/Shanghai")).toBe(at("2026-02-28T04:00:00Z"));
    expect(later(0, "PT1H30M0.5S", "UTC")).toBe(5_400_500);
    expect(later(0, "P1W", "UTC")).toBe(7 * 86_400_000);
  });

  it.each(["P7D", "PT10M", "P1M", "P1DT12H", "PT0.5S", "P1W"])("may be %s", (text) =>
    expect(isDuration(text)).toBe(true),
  );
  it.each(["", "7 days", "PT0S", "P0D", "-P1D", "P11Y", "P0.5D", "P", "PT", "P7", "P1D "])("may not be “%s”", (text) =>
    expect(isDuration(text)).toBe(false),
  );
});

it("knows days of a zone", () => {
  expect(dayOf(at("2026-03-29T16:00:00Z"), "Asia/Shanghai")).toBe("2026-03-30");
  expect(startOfDay("2026-03-30", "Asia/Shanghai")).toBe(at("2026-03-29T16:00:00Z"));
  expect(dayPlus("2026-02-28", 1)).toBe("2026-03-01");
  expect([isDay("2024-02-29"), isDay("2026-02-29"), isDay("2026-2-1")]).toEqual([true, false, false]);
});

it("gives the same day whatever was asked before", () => {
  for (const [instant, day] of [
    ["2026-03-29T16:00:00Z", "2026-03-30"],
    ["2026-03-29T15:59:59.999Z", "2026-03-29"],
    ["2026-03-30T15:59:59.999Z", "2026-03-30"],
    ["2026-03-30T16:00:00Z", "2026-03-31"],
  ] as const)
    expect(dayOf(at(instant), "Asia/Shanghai")).toBe(day);
  // The day on which Berlin's clocks go forward has 23 hours.
  expect(dayOf(at("2026-03-29T21:59:59Z"), "Europe/Berlin")).toBe("2026-03-29");
  expect(dayOf(at("2026-03-29T22:00:00Z"), "Europe/Berlin")).toBe("2026-03-30");
});

it("reads an instant only with its offset", () => {
  expect(instantOf("2026-03-30T00:30:00+08:00")).toBe(at("2026-03-29T16:30:00Z"));
  expect([instantOf("2026-03-30T00:30:00"), instantOf("2026-02-30T00:30:00Z"), instantOf("2026-03-30")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it("prefers the member's zone, then the store's, and passes over zones that do not exist", () => {
  expect(zoneOfMember("Asia/Shanghai", { timeZone: "Europe/Paris", storeZone: "Asia/Urumqi" })).toBe("Europe/Paris");
  expect(zoneOfMember("Asia/Shanghai", { timeZone: "Mars/Base", storeZone: "Asia/Urumqi" })).toBe("Asia/Urumqi");
  expect(zoneOfMember("Asia/Shanghai", undefined)).toBe("Asia/Shanghai");
});
