import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { dayOf, dayPlus, isDay } from "./day";
import { atLocal, offsetAt } from "./local-time";
import { nextInWindow, type Window } from "./window";
import { inYear, nextReturn } from "./yearly";

// Half-hour clocks, half-hour changes of clocks, a southern summer, a midnight that is skipped, a day that is skipped (Apia, 30 December 2011).
const ZONES = [
  "Asia/Shanghai",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Pacific/Apia",
];
const zone = fc.constantFrom(...ZONES);
const MINUTE = 60_000;
const instant = fc
  .integer({ min: Date.UTC(2010, 0, 1) / MINUTE, max: Date.UTC(2030, 0, 1) / MINUTE })
  .map((minute) => minute * MINUTE);
/** Also within a day of a change of clocks, where what is wrong shows. */
const near = fc.oneof(
  instant,
  fc
    .constantFrom(
      "2026-03-29T01:00Z",
      "2026-10-25T01:00Z",
      "2026-03-08T07:00Z",
      "2026-11-01T06:00Z",
      "2011-12-30T10:00Z",
    )
    .chain((iso) => fc.integer({ min: -1500, max: 1500 }).map((minutes) => Date.parse(iso) + minutes * MINUTE)),
);
const time = fc
  .integer({ min: 0, max: 1439 })
  .map((m) => `${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`);
const shown = (at: number, of: string) => DateTime.fromMillis(at, { zone: of }).toFormat("yyyy-MM-dd HH:mm");

describe("a local time", () => {
  it.each([
    ["Europe/Berlin", "2026-03-28", "10:00", "2026-03-28T09:00:00Z"],
    ["Europe/Berlin", "2026-03-29", "10:00", "2026-03-29T08:00:00Z"],
    // 02:00 to 03:00 does not exist: as much later.
    ["Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30:00Z"],
    // 02:30 comes twice: the first.
    ["Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30:00Z"],
    ["America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00Z"],
    ["Asia/Shanghai", "2026-11-28", "00:00", "2026-11-27T16:00:00Z"],
  ])("of %s on %s at %s is %s", (of, day, at, iso) => expect(atLocal(day, at, of)).toBe(Date.parse(iso)));

  it("is what the zone's clocks show, wherever they show it", () => {
    fc.assert(
      fc.property(near, zone, (now, of) => {
        const [day = "", at = ""] = shown(now, of).split(" ");
        const found = atLocal(day, at, of);
        expect(shown(found, of)).toBe(`${day} ${at}`);
        // Of two instants that show the same, the first.
        expect(found).toBeLessThanOrEqual(now);
      }),
    );
  });

  it("never runs backwards through a day", () => {
    fc.assert(
      fc.property(near, zone, time, time, (now, of, a, b) => {
        const day = dayOf(now, of);
        const [first, second] = a <= b ? [a, b] : [b, a];
        if (offsetAt(now - 2 * 86_400_000, of) === offsetAt(now + 2 * 86_400_000, of))
          expect(atLocal(day, first, of)).toBeLessThanOrEqual(atLocal(day, second, of));
      }),
    );
  });
});

describe("a yearly return", () => {
  it("puts 29 February of a common year on the 28th, or on 1 March by choice", () => {
    expect([inYear("2000-02-29", 2027, "feb28"), inYear("2000-02-29", 2027, "mar1")]).toEqual([
      "2027-02-28",
      "2027-03-01",
    ]);
    expect([inYear("2000-02-29", 2028, "feb28"), inYear("2000-02-29", 2028, "mar1")]).toEqual([
      "2028-02-29",
      "2028-02-29",
    ]);
  });

  it("of 29 February minus three days is the 25th or 26th at ten, local", () => {
    const next = (by: "feb28" | "mar1", now: string) =>
      shown(
        nextReturn("2000-02-29", { days: -3, time: "10:00", by }, Date.parse(now), "Asia/Shanghai") ?? Number.NaN,
        "Asia/Shanghai",
      );
    expect(next("feb28", "2027-01-01T00:00:00Z")).toBe("2027-02-25 10:00");
    expect(next("mar1", "2027-01-01T00:00:00Z")).toBe("2027-02-26 10:00");
    expect(next("feb28", "2027-02-25T01:59:59.999Z")).toBe("2027-02-25 10:00");
    // Who comes round again in that very instant has had this year's.
    expect(next("feb28", "2027-02-25T02:00:00Z")).toBe("2028-02-26 10:00");
  });

  it("is after now, within a year of it, and at its time where the clocks show it", () => {
    fc.assert(
      fc.property(
        near,
        zone,
        fc.integer({ min: 0, max: 365 }),
        fc.integer({ min: -365, max: 365 }),
        time,
        fc.constantFrom("feb28" as const, "mar1" as const),
        (now, of, n, days, at, by) => {
          const date = dayPlus("2000-01-01", n);
          const next = nextReturn(date, { days, time: at, by }, now, of) ?? Number.NaN;
          expect(next).toBeGreaterThan(now);
          expect(next - now).toBeLessThan(368 * 86_400_000);
          const day = dayPlus(shown(next, of).slice(0, 10), -days);
          expect(isDay(day)).toBe(true);
        },
      ),
    );
  });

  it("by the lunar calendar is its day of the lunar year, once in each", () => {
    const next = (date: string, now: string) =>
      nextReturn(date, { days: 0, time: "10:00", by: "lunar" }, Date.parse(now), "Asia/Shanghai");
    const day = (date: string, now: string) => shown(next(date, now) ?? Number.NaN, "Asia/Shanghai").slice(0, 10);
    // The 15th of the 8th month, and the last day of the year.
    expect(day("1990-10-03", "2026-01-01T00:00:00Z")).toBe("2026-09-25");
    expect(day("1990-10-03", "2026-09-25T02:00:00Z")).toBe("2027-09-15");
    expect(day("1991-02-14", "2026-03-01T00:00:00Z")).toBe("2027-02-05");
    // The table begins in 1929.
    expect(next("1900-05-01", "2026-01-01T00:00:00Z")).toBeNull();
  });
});

describe("a window", () => {
  const OFFICE: Window = { weekdays: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" };
  const next = (window: Window, now: string, of = "Asia/Shanghai") =>
    shown(nextInWindow(window, Date.parse(now), of), of);

  it("is passed at once inside it, else at its next beginning", () => {
    expect(next(OFFICE, "2026-11-27T01:00:00Z")).toBe("2026-11-27 09:00");
    expect(next(OFFICE, "2026-11-27T09:59:00Z")).toBe("2026-11-27 17:59");
    // Friday 18:00 is over: Monday.
    expect(next(OFFICE, "2026-11-27T10:00:00Z")).toBe("2026-11-30 09:00");
  });

  it("over midnight belongs to the day it begins on", () => {
    const night: Window = { weekdays: [5], from: "22:00", to: "06:00" };
    expect(next(night, "2026-11-27T21:00:00Z")).toBe("2026-11-28 05:00");
    expect(next(night, "2026-11-27T22:00:00Z")).toBe("2026-12-04 22:00");
  });

  it("of the whole day has no gap, and one without end is an instant", () => {
    const all: Window = { weekdays: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "00:00" };
    expect(next(all, "2026-11-27T21:17:00Z")).toBe("2026-11-28 05:17");
    const ten: Window = { weekdays: [6], from: "10:00" };
    expect(next(ten, "2026-11-28T02:00:00Z")).toBe("2026-11-28 10:00");
    expect(next(ten, "2026-11-28T02:01:00Z")).toBe("2026-12-05 10:00");
  });

  it("gives the first minute that lies inside, through every change of clocks", () => {
    const window = fc.record({
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      from: time,
      to: time,
    });
    fc.assert(
      fc.property(window, near, zone, (w, now, of) => {
        const found = nextInWindow(w, now, of);
        expect(found).toBeGreaterThanOrEqual(now);
        // A second look from there stays there, and a look from any instant between comes to the same.
        expect(nextInWindow(w, found, of)).toBe(found);
        for (const part of [0.25, 0.5, 0.75])
          if (found > now) expect(nextInWindow(w, Math.floor(now + (found - now) * part), of)).toBe(found);
      }),
    );
  });
});
