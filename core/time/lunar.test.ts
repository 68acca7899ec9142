import { describe, expect, it } from "vitest";
import { dayPlus } from "./day";
import { HOLIDAY_IDS, holidayIn } from "./holidays";
import { dayOfLunar, lunarOf } from "./lunar";

describe("the Chinese calendar", () => {
  // As printed in the almanacs of the Hong Kong Observatory.
  it.each([
    ["2024-02-10", 2024, 1, 1],
    ["2025-01-28", 2024, 12, 29],
    ["2025-01-29", 2025, 1, 1],
    ["2026-02-16", 2025, 12, 29],
    ["2026-02-17", 2026, 1, 1],
    ["2027-02-05", 2026, 12, 29],
    ["2027-02-06", 2027, 1, 1],
    ["2028-01-26", 2028, 1, 1],
    ["2029-02-13", 2029, 1, 1],
    ["2030-02-03", 2030, 1, 1],
    ["2018-11-08", 2018, 10, 1],
    ["1990-05-20", 1990, 4, 26],
  ])("says of %s that it is %i, month %i, day %i", (day, year, month, of) => {
    expect(lunarOf(day)).toEqual({ year, month, isLeap: false, day: of });
    expect(dayOfLunar(year, month, of)).toBe(day);
  });

  it("knows which months repeat", () => {
    expect(lunarOf("2025-07-25")).toEqual({ year: 2025, month: 6, isLeap: true, day: 1 });
    expect(lunarOf("2023-03-22")).toEqual({ year: 2023, month: 2, isLeap: true, day: 1 });
    expect(lunarOf("2033-12-22")).toEqual({ year: 2033, month: 11, isLeap: true, day: 1 });
  });

  it("takes the last day of a month without a 30th, and the month itself, not the one that repeats it", () => {
    expect(dayOfLunar(2024, 12, 30)).toBe("2025-01-28");
    expect(dayOfLunar(2025, 6, 1)).toBe("2025-06-25");
  });

  it("follows day upon day without a gap, and reaches from 1929 to 2100", () => {
    expect([lunarOf("1929-02-09"), lunarOf("2101-01-29"), dayOfLunar(1928, 1, 1), dayOfLunar(2101, 1, 1)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    let before = lunarOf("1929-02-10");
    let days = 1;
    for (let day = "1929-02-11"; day <= "2101-01-28"; day = dayPlus(day, 1), days++) {
      const now = lunarOf(day);
      if (!now || !before) throw new Error(day);
      const isNext = now.day === before.day + 1 && now.month === before.month && now.isLeap === before.isLeap;
      if (!isNext && !(now.day === 1 && before.day >= 29)) throw new Error(`${day} ${JSON.stringify([before, now])}`);
      before = now;
    }
    expect(days).toBeGreaterThan(62_000);
  });

  it("is what Intl answers, but for the nights on which the moon is new about midnight", () => {
    const format = new Intl.DateTimeFormat("en-u-ca-chinese", { timeZone: "UTC", month: "numeric", day: "numeric" });
    let others = 0;
    let days = 0;
    for (let day = "1929-02-10"; day <= "2100-12-31"; day = dayPlus(day, 7), days++) {
      const own = lunarOf(day);
      const parts = Object.fromEntries(format.formatToParts(Date.parse(day)).map(({ type, value }) => [type, value]));
      if (parts.month !== `${own?.month}${own?.isLeap ? "bis" : ""}` || Number(parts.day) !== own?.day) others++;
    }
    expect(others / days).toBeLessThan(0.01);
  });
});

describe("holidays", () => {
  it.each([
    ["spring_eve", ["2024-02-09", "2025-01-28", "2026-02-16", "2027-02-05", "2028-01-25", "2029-02-12", "2030-02-02"]],
    ["lantern", ["2024-02-24", "2025-02-12", "2026-03-03", "2027-02-20", "2028-02-09", "2029-02-27", "2030-02-17"]],
    ["qingming", ["2024-04-04", "2025-04-04", "2026-04-05", "2027-04-05", "2028-04-04", "2029-04-04", "2030-04-05"]],
    ["dragon_boat", ["2024-06-10", "2025-05-31", "2026-06-19", "2027-06-09", "2028-05-28", "2029-06-16", "2030-06-05"]],
    ["qixi", ["2024-08-10", "2025-08-29", "2026-08-19", "2027-08-08", "2028-08-26", "2029-08-16", "2030-08-05"]],
    ["mid_autumn", ["2024-09-17", "2025-10-06", "2026-09-25", "2027-09-15", "2028-10-03", "2029-09-22", "2030-09-12"]],
    [
      "double_ninth",
      ["2024-10-11", "2025-10-29", "2026-10-18", "2027-10-08", "2028-10-26", "2029-10-16", "2030-10-05"],
    ],
    ["mother", ["2024-05-12", "2025-05-11", "2026-05-10", "2027-05-09", "2028-05-14", "2029-05-13", "2030-05-12"]],
    ["father", ["2024-06-16", "2025-06-15", "2026-06-21", "2027-06-20", "2028-06-18", "2029-06-17", "2030-06-16"]],
    [
      "black_friday",
      ["2024-11-29", "2025-11-28", "2026-11-27", "2027-11-26", "2028-11-24", "2029-11-23", "2030-11-29"],
    ],
  ] as const)("%s is on its day from 2024 to 2030", (id, days) => {
    expect(days.map((_, at) => holidayIn(id, 2024 + at))).toEqual(days);
  });

  it("come once in every year, in their order but for those that the moon moves", () => {
    for (const id of HOLIDAY_IDS)
      for (let year = 2000; year <= 2099; year++) expect(holidayIn(id, year)?.slice(0, 4), id).toBe(String(year));
    expect(holidayIn("qingming", 2100)).toBeNull();
    expect(holidayIn("mid_autumn", 2101)).toBeNull();
  });
});
