import type { Rule } from "../rules/rule";
import type { HolidayId } from "../time/holidays";
import type { LeapDay } from "../time/yearly";

/**
 * Which day a date trigger is about: a member's date by its path, each year, each year of the lunar calendar or that one day; a day of each month (its
 * last where it has none); a holiday.
 */
export type DateSource =
  | { field: string; returns: "yearly" | "lunar" | "once" }
  | { monthly: number }
  | { holiday: HolidayId };

/** `days` from the day (negative: before) at `at` (HH:MM) on the member's clocks. */
export type DateEntry = { date: DateSource; days: number; at: string; leap: LeapDay };

/** What a member has not done: no visit, no paid order, no sign of life. */
export type Silence = "visit" | "purchase" | "activity";

/** Whom a broadcast reaches: a segment's members, or all, of those for whom the entry's `when` holds. */
export type Audience = { segment?: string; perMinute?: number };

/**
 * What starts a run. Whatever makes the entry, the run begins with an event named `event`, which `when` may read beside the
 * member. The engine asks `enter` in every case.
 */
export type Entry = { event: string; when: Rule } & (
  | { on: "event" }
  | { on: "segment"; segment: string; change: "entered" | "left" }
  | ({ on: "date" } & DateEntry)
  | { on: "inactivity"; of: Silence; days: number }
  /** `cron`: five fields; `zone`: an IANA name, absent = the workspace's. */
  | ({ on: "schedule"; cron: string; zone?: string } & Audience)
  /** `at`: local to the workspace (YYYY-MM-DDTHH:MM); absent = when published. */
  | ({ on: "broadcast"; at?: string } & Audience)
  /** An API call, or another journey. */
  | { on: "call" }
);

/** How many may enter: ever, per day of the workspace's calendar, be on their way at once, and at once of one member. */
export type Limits = { total?: number; daily?: number; live?: number; perMember?: number };

/** Who entered one journey of a group enters no other of it for `days` days, nor while the run is live. */
export type Group = { name: string; days: number };

/** What becomes of members who match already when the journey is published. */
export type Existing = { is: "now" } | { is: "spread"; days: number } | { is: "none" };

/** Entries that the clock makes for each member: they are `due` rows of the journey. */
export type TimedEntry = Extract<Entry, { on: "date" | "inactivity" }>;
export const isTimed = (entry: Entry): entry is TimedEntry => entry.on === "date" || entry.on === "inactivity";

/** Whether it is an event of the member's inbox that starts a run: the plan listens to it. */
export const comesAsEvent = ({ on }: Entry): boolean => on === "event" || on === "segment" || on === "call";

/** Whether only our own ledgers let members in: any server may send an event of such a name, and none of these tells of a segment or asks for an entry. */
export const isOnlyOurs = ({ on }: Entry): boolean => on === "segment" || on === "call";
