import { expect, it } from "vitest";
import type { TimedEntry } from "@/core/plan/entry";
import { fall, type Memory, NOTHING, nextEntry } from "@/core/plan/timed";
import type { Facts } from "@/core/rules/facts";
import { aheadInWords } from "./look-ahead";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 15, 12);
const silent = (days: number): TimedEntry => ({
  on: "inactivity",
  of: "visit",
  days,
  when: { all: [] },
  event: "inactivity_reached",
});
const facts = {
  member: { joinedAt: NOW - 90 * DAY, lastVisitAt: NOW - 40 * DAY, timeZone: null },
  now: NOW,
  zone: "UTC",
} as unknown as Facts;

it.each([
  [1, "This day was counted already: it begins", "The day is over"],
  [30, "These 30 days were counted already: they begin", "The 30 days are over"],
])("speaks of %i days as English does", (days, counted, over) => {
  const entry = silent(days);
  const says = (memory: Memory | undefined) =>
    aheadInWords(entry, facts, { memory, isPaused: false, veil: new Set() }).en;
  expect(says(undefined)).toContain(over);
  // As it is remembered once the member has entered by that silence.
  const { memory } = fall(entry, NOTHING, facts).next;
  expect(says(memory)).toContain(counted);
  // As it is remembered where it had come before the journey was published.
  const passed = nextEntry(entry, NOTHING, facts, () => "before").memory;
  expect(says(passed)).toContain(
    `${days === 1 ? "This day was" : "These 30 days were"} over already when the journey was published`,
  );
  // As it is remembered where an event of the past told of it.
  expect(says(nextEntry(entry, NOTHING, facts, () => "told").memory)).toContain(
    `${days === 1 ? "This day was" : "These 30 days were"} over already when an event told of it`,
  );
});
