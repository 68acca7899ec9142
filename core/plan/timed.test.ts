import { describe, expect, it } from "vitest";
import type { Facts, MemberFacts } from "../rules/facts";
import type { HolidayId } from "../time/holidays";
import type { TimedEntry } from "./entry";
import { fall, joinMemories, type Memory, NOTHING, nextEntry } from "./timed";

const at = (iso: string) => Date.parse(iso);
const facts = (of: Partial<MemberFacts>, now: string, zone = "Asia/Shanghai"): Facts => ({
  member: {
    id: "m",
    joinedAt: at("2025-03-10T04:00:00Z"),
    lastVisitAt: null,
    lastOrderAt: null,
    lastSeenAt: null,
    birthday: null,
    attributes: {},
    days: [],
    tags: [],
    ...of,
  } as MemberFacts,
  now: at(now),
  zone,
});
const birthday = (more: Partial<Extract<TimedEntry, { on: "date" }>> = {}): TimedEntry => ({
  on: "date",
  event: "date_reached",
  when: { all: [] },
  date: { field: "member.birthday", returns: "yearly" },
  days: -3,
  at: "10:00",
  leap: "feb28",
  ...more,
});
const next = (entry: TimedEntry, of: Facts, memory: Memory = NOTHING) => {
  const found = nextEntry(entry, memory, of);
  return { ...found, at: found.at === null ? null : new Date(found.at).toISOString() };
};

describe("a birthday", () => {
  it("comes three days before, at ten on the member's clocks", () => {
    const of = { birthday: "1990-05-20" };
    expect(next(birthday(), facts(of, "2026-03-01T00:00:00Z")).at).toBe("2026-05-17T02:00:00.000Z");
    expect(next(birthday(), facts(of, "2026-03-01T00:00:00Z", "America/New_York")).at).toBe("2026-05-17T14:00:00.000Z");
  });

  it("comes at ten whatever the clocks do that day", () => {
    const of = { birthday: "1990-03-29" };
    const day = birthday({ days: 0, at: "02:30" });
    expect(next(day, facts(of, "2026-03-01T00:00:00Z", "Europe/Berlin")).at).toBe("2026-03-29T01:30:00.000Z");
    const autumn = { birthday: "1990-10-25" };
    expect(next(day, facts(autumn, "2026-03-01T00:00:00Z", "Europe/Berlin")).at).toBe("2026-10-25T00:30:00.000Z");
    const first = fall(day, NOTHING, facts(autumn, "2026-10-25T00:30:00Z", "Europe/Berlin"));
    expect(first.occurrence?.key).toBe("2026");
    expect(fall(day, first.next.memory, facts(autumn, "2026-10-25T01:30:00Z", "Europe/Berlin")).occurrence).toBeNull();
  });

  it("of 29 February falls on 28 February or 1 March of common years", () => {
    const of = facts({ birthday: "1992-02-29" }, "2026-12-31T00:00:00Z");
    const day = { days: 0 };
    expect(next(birthday(day), of).at).toBe("2027-02-28T02:00:00.000Z");
    expect(next(birthday({ ...day, leap: "mar1" }), of).at).toBe("2027-03-01T02:00:00.000Z");
    expect(next(birthday(day), facts({ birthday: "1992-02-29" }, "2027-12-31T00:00:00Z")).at).toBe(
      "2028-02-29T02:00:00.000Z",
    );
  });

  it("belongs to its own year when it comes in the year before", () => {
    const of = { birthday: "1990-01-02" };
    const fallen = fall(birthday(), NOTHING, facts(of, "2026-12-30T02:00:00Z"));
    expect(fallen.occurrence).toEqual({ key: "2027", properties: { date: "2027-01-02" } });
    expect(fallen.next.at).toBe(at("2027-12-30T02:00:00Z"));
  });

  it("set late but before the day comes at once, and set on the day not until next year", () => {
    expect(next(birthday(), facts({ birthday: "1990-05-20" }, "2026-05-19T10:00:00Z")).at).toBe(
      "2026-05-19T10:00:00.000Z",
    );
    expect(next(birthday(), facts({ birthday: "1990-05-20" }, "2026-05-20T10:00:00Z")).at).toBe(
      "2027-05-17T02:00:00.000Z",
    );
  });

  it("comes once a calendar year, also when it is edited after it came", () => {
    const fallen = fall(birthday(), NOTHING, facts({ birthday: "1990-05-20" }, "2026-05-17T02:00:00Z"));
    const edited = next(birthday(), facts({ birthday: "1990-09-09" }, "2026-06-01T00:00:00Z"), fallen.next.memory);
    expect(edited).toMatchObject({ at: "2027-09-06T02:00:00.000Z", memory: { edited: 2026, day: "1990-09-09" } });
  });

  it("follows one edit a year; a second one waits for the next year", () => {
    const first = nextEntry(
      birthday(),
      { ...NOTHING, day: "1990-05-20" },
      facts({ birthday: "1990-07-07" }, "2026-03-01T00:00:00Z"),
    );
    expect(first.at).toBe(at("2026-07-04T02:00:00Z"));
    const second = next(birthday(), facts({ birthday: "1990-12-12" }, "2026-03-02T00:00:00Z"), first.memory);
    expect(second).toMatchObject({ at: "2026-07-04T02:00:00.000Z", memory: { day: "1990-07-07" } });
    const later = fall(
      birthday(),
      { ...second.memory, done: "2026" },
      facts({ birthday: "1990-12-12" }, "2026-12-31T16:00:00Z"),
    );
    expect(later.next).toMatchObject({ at: at("2027-12-09T02:00:00Z"), memory: { day: "1990-12-12", edited: 2027 } });
  });

  it("enters late when nobody was there to let in, but not days after its day", () => {
    const of = { birthday: "1990-05-20" };
    expect(fall(birthday(), NOTHING, facts(of, "2026-05-20T15:00:00Z")).occurrence?.key).toBe("2026");
    expect(fall(birthday(), NOTHING, facts(of, "2026-05-21T15:00:00Z"))).toMatchObject({
      occurrence: null,
      next: { at: at("2027-05-17T02:00:00Z") },
    });
  });

  it("that is not known never comes", () => {
    expect(next(birthday(), facts({}, "2026-05-17T02:00:00Z")).at).toBeNull();
  });
});

describe("a lunar birthday", () => {
  // 1990-05-20 is the 26th of the fourth month.
  const lunar = (more: Partial<Extract<TimedEntry, { on: "date" }>> = {}) =>
    birthday({ date: { field: "member.birthday", returns: "lunar" }, days: 0, ...more });

  it("comes on its day of the Chinese calendar, each of its years once", () => {
    const of = { birthday: "1990-05-20" };
    const first = fall(lunar(), NOTHING, facts(of, "2026-06-11T02:00:00Z"));
    expect(first).toMatchObject({
      occurrence: { key: "2026", properties: { date: "2026-06-11" } },
      next: { at: at("2027-05-31T02:00:00Z") },
    });
    expect(next(lunar({ days: -3 }), facts(of, "2026-03-01T00:00:00Z")).at).toBe("2026-06-08T02:00:00.000Z");
  });

  it("is once in a lunar year: of the last month, twice in one year of the other calendar and not in the next", () => {
    // The first of the last month of 1989.
    const of = { birthday: "1989-12-28" };
    const seen: unknown[] = [];
    let memory: Memory = NOTHING;
    for (let now = "2024-01-01T00:00:00Z"; seen.length < 4; ) {
      now = new Date(nextEntry(lunar(), memory, facts(of, now)).at ?? 0).toISOString();
      const { occurrence, next: after } = fall(lunar(), memory, facts(of, now));
      memory = after.memory;
      seen.push([occurrence?.key, occurrence?.properties.date]);
    }
    expect(seen).toEqual([
      ["2023", "2024-01-11"],
      ["2024", "2024-12-31"],
      ["2025", "2026-01-19"],
      ["2026", "2027-01-08"],
    ]);
  });

  it("in a month that is repeated is kept in the month itself, and on the 30th on the last day of a shorter one", () => {
    // The first of the repeated sixth month of 2025; the 30th of the last month of 1989.
    expect(next(lunar(), facts({ birthday: "2025-07-25" }, "2026-01-01T00:00:00Z")).at?.slice(0, 10)).toBe(
      "2026-07-14",
    );
    expect(next(lunar(), facts({ birthday: "1990-01-26" }, "2026-02-10T00:00:00Z")).at?.slice(0, 10)).toBe(
      "2026-02-16",
    );
  });

  it("is not known of a date before the table", () => {
    expect(next(lunar(), facts({ birthday: "1928-12-31" }, "2026-01-01T00:00:00Z")).at).toBeNull();
  });
});

describe("a holiday", () => {
  const holiday = (id: HolidayId, days: number): TimedEntry =>
    birthday({ event: "holiday", date: { holiday: id }, days });

  it("comes to everybody, before or after its day, once a year", () => {
    expect(next(holiday("mid_autumn", -3), facts({}, "2026-03-01T00:00:00Z")).at).toBe("2026-09-22T02:00:00.000Z");
    expect(next(holiday("mid_autumn", 0), facts({}, "2026-09-25T02:00:01Z")).at).toBe("2027-09-15T02:00:00.000Z");
    const first = fall(holiday("spring_festival", 1), NOTHING, facts({}, "2027-02-07T02:00:00Z"));
    expect(first).toMatchObject({
      occurrence: { key: "2027", properties: { date: "2027-02-06" } },
      next: { at: at("2028-01-27T02:00:00Z") },
    });
  });

  it("of next year may come in this one", () => {
    const fallen = fall(holiday("new_year", -7), NOTHING, facts({}, "2026-12-25T02:00:00Z"));
    expect(fallen.occurrence).toEqual({ key: "2027", properties: { date: "2027-01-01" } });
  });
});

it("comes on an anniversary of joining from the first on", () => {
  const entry = birthday({ date: { field: "member.joined_at", returns: "yearly" }, days: 0 });
  const of = { joinedAt: at("2026-05-20T04:00:00Z") };
  expect(next(entry, facts(of, "2026-05-20T05:00:00Z")).at).toBe("2027-05-20T02:00:00.000Z");
});

it("comes each month on its day, or the month's last", () => {
  const entry = birthday({ date: { monthly: 31 }, days: 0 });
  const fallen = fall(entry, NOTHING, facts({}, "2026-01-31T02:00:00Z"));
  expect(fallen.occurrence?.key).toBe("2026-01");
  expect(fallen.next.at).toBe(at("2026-02-28T02:00:00Z"));
  expect(fall(entry, fallen.next.memory, facts({}, "2026-02-28T02:00:00Z")).next.at).toBe(at("2026-03-31T02:00:00Z"));
});

it("comes once for a date that is meant once, and again when it is set anew", () => {
  const entry = birthday({ date: { field: "member.attributes.visit_on", returns: "once" }, days: -1 });
  const fallen = fall(entry, NOTHING, facts({ attributes: { visit_on: "2026-05-20" } }, "2026-05-19T02:00:00Z"));
  expect(fallen).toMatchObject({ occurrence: { key: "2026-05-20" }, next: { at: null } });
  expect(
    next(entry, facts({ attributes: { visit_on: "2026-06-20" } }, "2026-05-21T00:00:00Z"), fallen.next.memory).at,
  ).toBe("2026-06-19T02:00:00.000Z");
});

describe("silence", () => {
  const entry: TimedEntry = { on: "inactivity", event: "inactive", when: { all: [] }, of: "visit", days: 30 };

  it("is entered once a spell, counted from the last visit, or from joining", () => {
    expect(next(entry, facts({}, "2025-03-20T00:00:00Z")).at).toBe("2025-04-09T04:00:00.000Z");
    const of = { lastVisitAt: at("2026-03-01T02:00:00Z") };
    const fallen = fall(entry, NOTHING, facts(of, "2026-03-31T02:00:00Z"));
    expect(fallen).toMatchObject({
      occurrence: { properties: { since: "2026-03-01T02:00:00.000Z", days: 30 } },
      next: { at: null },
    });
    expect(next(entry, facts(of, "2026-06-01T00:00:00Z"), fallen.next.memory).at).toBeNull();
    const again = { lastVisitAt: at("2026-06-01T02:00:00Z") };
    expect(next(entry, facts(again, "2026-06-01T02:00:00Z"), fallen.next.memory).at).toBe("2026-07-01T02:00:00.000Z");
  });

  it("is entered once by two who are one, of whom the later to join had it, and never came", () => {
    const had = { ...NOTHING, done: String(at("2025-03-20T04:00:00Z")) };
    const of = facts({}, "2025-05-01T00:00:00Z");
    expect(next(entry, of, joinMemories(NOTHING, had)).at).toBeNull();
    expect(fall(entry, joinMemories(had, NOTHING), of).occurrence).toBeNull();
  });

  it("is looked at again later when the member came meanwhile", () => {
    const of = { lastVisitAt: at("2026-03-20T02:00:00Z") };
    expect(fall(entry, NOTHING, facts(of, "2026-03-31T02:00:00Z"))).toMatchObject({
      occurrence: null,
      next: { at: at("2026-04-19T02:00:00Z") },
    });
  });

  it("that began before publishing enters then, spread, or not at all", () => {
    const of = facts({ lastVisitAt: at("2026-01-01T00:00:00Z") }, "2026-03-31T02:00:00Z");
    expect(nextEntry(entry, NOTHING, of, (now) => now + 5).at).toBe(of.now + 5);
    const none = nextEntry(entry, NOTHING, of, () => null);
    expect(none.at).toBeNull();
    expect(nextEntry(entry, none.memory, of).at).toBeNull();
  });
});

it("remembers of two who are one what either had, and the survivor's own day", () => {
  const survivor: Memory = { done: "2025", day: "1990-05-05", edited: null, told: "2025", before: null };
  const merged: Memory = { done: "2026", day: "1990-06-06", edited: 2026, told: null, before: "2026" };
  expect(joinMemories(survivor, merged)).toEqual({
    done: "2026",
    day: "1990-05-05",
    edited: 2026,
    told: "2025",
    before: "2026",
  });
  expect(joinMemories(NOTHING, merged)).toEqual(merged);
});
