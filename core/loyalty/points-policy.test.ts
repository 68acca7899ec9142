import { expect, it } from "vitest";
import { lastUsableDay, type PointsPolicy } from "./points-policy";

const rolling = (months: number): PointsPolicy => ({ expiry: "rolling", months });
const calendar = (years: number, minimumDays = 30): PointsPolicy => ({ expiry: "calendar", years, minimumDays });

it.each<[string, PointsPolicy, string, string, string | null]>([
  ["12 months on", rolling(12), "2026-11-22T04:00:00Z", "Asia/Shanghai", "2027-11-22"],
  [
    "a month after 31 January is the last of February",
    rolling(1),
    "2027-01-31T04:00:00Z",
    "Asia/Shanghai",
    "2027-02-28",
  ],
  ["the day of earning is the workspace's", rolling(12), "2026-11-22T16:30:00Z", "Asia/Shanghai", "2027-11-23"],
  ["31 December of the next year", calendar(1), "2026-11-22T04:00:00Z", "Asia/Shanghai", "2027-12-31"],
  ["of the same year, 30 days being left", calendar(0), "2026-12-01T04:00:00Z", "Asia/Shanghai", "2026-12-31"],
  ["a year later when they would live for fewer", calendar(0), "2026-12-02T04:00:00Z", "Asia/Shanghai", "2027-12-31"],
  [
    "on New Year's Eve after midnight it is the new year",
    calendar(0),
    "2026-12-31T16:00:00Z",
    "Asia/Shanghai",
    "2027-12-31",
  ],
  ["never", { expiry: "never" }, "2026-11-22T04:00:00Z", "Asia/Shanghai", null],
])("points last: %s", (_, policy, earned, zone, day) => {
  expect(lastUsableDay(policy, new Date(earned), zone)).toBe(day);
});
