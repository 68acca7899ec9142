import { expect, it } from "vitest";
import { neverComes, nextCron, readCron } from "./cron";

/** The next instants of a schedule, as ISO. */
function comes(text: string, after: string, zone: string, count = 1): string[] {
  const cron = readCron(text);
  if (!cron) throw new Error(text);
  const all: string[] = [];
  for (
    let at = nextCron(cron, Date.parse(after), zone);
    at !== null && all.length < count;
    at = nextCron(cron, at, zone)
  )
    all.push(new Date(at).toISOString());
  return all;
}

it("comes on the zone's clocks", () => {
  expect(comes("0 10 15 * *", "2026-03-01T00:00:00Z", "Asia/Shanghai", 2)).toEqual([
    "2026-03-15T02:00:00.000Z",
    "2026-04-15T02:00:00.000Z",
  ]);
  expect(comes("*/20 8-9 * * mon-fri", "2026-03-06T01:30:00Z", "Asia/Shanghai", 3)).toEqual([
    "2026-03-06T01:40:00.000Z",
    "2026-03-09T00:00:00.000Z",
    "2026-03-09T00:20:00.000Z",
  ]);
  expect(comes("0 0 * * 7", "2026-03-01T00:00:00Z", "UTC")).toEqual(["2026-03-08T00:00:00.000Z"]);
});

it("never comes at the instant it is asked about", () => {
  expect(comes("0 10 * * *", "2026-03-15T10:00:00Z", "UTC")).toEqual(["2026-03-16T10:00:00.000Z"]);
});

it("comes once on the day that lacks its time, and once on the day that has it twice", () => {
  expect(comes("30 2 * * *", "2026-03-28T12:00:00Z", "Europe/Berlin", 2)).toEqual([
    "2026-03-29T01:30:00.000Z",
    "2026-03-30T00:30:00.000Z",
  ]);
  expect(comes("30 2 * * *", "2026-10-24T12:00:00Z", "Europe/Berlin", 2)).toEqual([
    "2026-10-25T00:30:00.000Z",
    "2026-10-26T01:30:00.000Z",
  ]);
});

it("comes on either day where both are told, and waits years for 29 February", () => {
  expect(comes("0 0 13 * fri", "2026-03-01T00:00:00Z", "UTC", 3)).toEqual([
    "2026-03-06T00:00:00.000Z",
    "2026-03-13T00:00:00.000Z",
    "2026-03-20T00:00:00.000Z",
  ]);
  expect(comes("0 0 29 2 *", "2096-03-01T00:00:00Z", "UTC")).toEqual(["2104-02-29T00:00:00.000Z"]);
  expect(comes("0 0 30 2 *", "2026-03-01T00:00:00Z", "UTC")).toEqual([]);
});

it.each([
  "",
  "* * * *",
  "60 * * * *",
  "0 24 * * *",
  "0 0 0 * *",
  "0 0 * 13 *",
  "*/0 * * * *",
  "5-1 * * * *",
  "0 0 * * mo",
  "1/2/3 * * * *",
  "- * * * *",
])("refuses “%s”", (text) => expect(readCron(text)).toBeUndefined());

it.each([
  ["0 0 30 2 *", true],
  ["0 0 31 2,4,6,9,11 *", true],
  ["0 0 31 2,3 *", false],
  ["0 0 29 2 *", false],
  ["0 0 29 feb mon", false],
  ["0 0 30 2 mon", false],
  ["* * * * *", false],
])("knows whether %s ever comes", (text, never) => {
  const cron = readCron(text);
  expect(cron && neverComes(cron)).toBe(never);
  expect(cron && nextCron(cron, 0, "UTC") === null).toBe(never);
});
