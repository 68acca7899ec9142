import type { Rule } from "../rules/rule";

/** The system event by which an API call or another journey asks for an entry; its `journey_id` names the journey that is to begin. */
export const JOURNEY_START = "journey_start";

/** Which day of a year or month a date trigger is about. */
export type DateSource =
  | { is: "birthday" }
  /** A member's own date: `attributes.<name>`, a day (YYYY-MM-DD) or an instant. */
  | { is: "attribute"; attribute: string }
  /** The day of joining, each year from the first anniversary on. */
  | { is: "joined" }
  /** A day of each month, 1–31; a month without it has its last day instead. */
  | { is: "monthly"; day: number };

/** Where 29 February falls in common years. */
export type LeapDay = "feb28" | "mar1";

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

/** Whether it is an event of the member's inbox that starts a run: the plan listens to it. */
export const comesAsEvent = ({ on }: Entry): boolean => on === "event" || on === "segment" || on === "call";
