import { describe, expect, it } from "vitest";
import { couponEnd, couponStart } from "./validity";

const days = (n: number) => ({ is: "days" as const, days: n });

describe("the end of a coupon", () => {
  it.each([
    // issued at (UTC), days, zone, end (UTC)
    ["2026-11-22T04:00:00Z", 30, "Asia/Shanghai", "2026-12-21T15:59:59.999Z"], // noon on 22 November is day 1
    ["2026-11-22T04:00:00Z", 1, "Asia/Shanghai", "2026-11-22T15:59:59.999Z"], // one day: the day of issue alone
    ["2026-11-22T15:59:59Z", 1, "Asia/Shanghai", "2026-11-22T15:59:59.999Z"], // a second before local midnight
    ["2026-11-22T16:00:00Z", 1, "Asia/Shanghai", "2026-11-23T15:59:59.999Z"], // local midnight begins the next day
    ["2024-02-01T00:00:00Z", 29, "UTC", "2024-02-29T23:59:59.999Z"], // leap year
    ["2026-03-07T12:00:00Z", 2, "America/New_York", "2026-03-09T03:59:59.999Z"], // over the change to summer time
    ["2026-10-31T12:00:00Z", 2, "America/New_York", "2026-11-02T04:59:59.999Z"], // and back
    ["2026-12-31T23:30:00Z", 1, "Pacific/Kiritimati", "2027-01-01T09:59:59.999Z"], // UTC+14
  ])("%s for %i days in %s is %s", (issued, n, zone, end) => {
    expect(couponEnd(days(n), new Date(issued), zone).toISOString()).toBe(end);
  });

  it("is the end of the last fixed day, whenever it was issued", () => {
    const validity = { is: "fixed" as const, from: "2026-12-01", until: "2026-12-31" };
    expect(couponEnd(validity, new Date("2026-11-22T04:00:00Z"), "Asia/Shanghai").toISOString()).toBe(
      "2026-12-31T15:59:59.999Z",
    );
    expect(couponStart(validity, "Asia/Shanghai")?.toISOString()).toBe("2026-11-30T16:00:00.000Z");
  });
});
