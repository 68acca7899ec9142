import type { Facts } from "../rules/facts";
import { endOfDay, monthsLater } from "../time/calendar";
import { dayOf, dayPlus, startOfDay } from "../time/day";
import { later } from "../time/duration";
import { holidayIn } from "../time/holidays";
import { atLocal } from "../time/local-time";
import { dayAt } from "../time/moment";
import { returnsOf } from "../time/yearly";
import type { Silence, TimedEntry } from "./entry";

type DateEntry = Extract<TimedEntry, { on: "date" }>;

/**
 * What a member's due row remembers of a timed entry. `done`: the last occurrence that entered or passed; `day`: the date that counts;
 * `edited`: the year in which it was last changed. A date benefit comes once a calendar year, and one edit a year counts. `told`: the last occurrence
 * that passed because what told of it told of the past (decision 114), `before`: that had come before the journey was published and let in nobody for whom
 * it had.
 */
export type Memory = {
  done: string | null;
  day: string | null;
  edited: number | null;
  told: string | null;
  before: string | null;
};
export const NOTHING: Memory = { done: null, day: null, edited: null, told: null, before: null };

/**
 * What is remembered of two members who are one person: what either had, they had (keys of one entry are in the order of time); the survivor's
 * own day counts.
 */
export const joinMemories = (survivor: Memory, merged: Memory): Memory => ({
  done: greater(survivor.done, merged.done),
  day: survivor.day ?? merged.day,
  edited: greater(survivor.edited, merged.edited),
  told: greater(survivor.told, merged.told),
  before: greater(survivor.before, merged.before),
});
/**
 * What a memory is about: a date by its path, days of the month, a holiday, a kind of silence. Keys of another one say nothing, so that who
 * had the member day has not had the birthday.
 */
export function sourceOf(entry: TimedEntry): string {
  if (entry.on === "inactivity") return `inactivity ${entry.of}`;
  const { date } = entry;
  if ("monthly" in date) return "monthly";
  if ("holiday" in date) return `holiday ${date.holiday}`;
  return `field ${date.field} ${date.returns === "once" ? "once" : "yearly"}`;
}

const greater = <T extends string | number>(a: T | null, b: T | null): T | null =>
  a === null || (b !== null && b > a) ? b : a;

/** When to look at the member next (epoch milliseconds; null = when something changes). It may be early, never late. */
export type Next = { at: number | null; memory: Memory };

/**
 * Whether what is known anew of a member's next entry has to be kept. A later instant has not: whoever comes at the one that is known looks again,
 * so that a member who is active writes nothing, and an event at the very instant of an entry does not take it away. `known`: absent = nothing yet.
 */
export function isNews(known: Next | undefined, { at, memory }: Next): boolean {
  if (!known) return at !== null || memory.day !== null || memory.done !== null;
  if (at !== null && (known.at === null || at < known.at)) return true;
  return memory.done !== known.memory.done || memory.day !== known.memory.day || memory.edited !== known.memory.edited;
}

/**
 * What becomes of an occurrence that is past when the journey begins, or by what an event told: an instant is when the member enters, `null` passes it,
 * and so do "told" and "before", which are remembered as the reason.
 */
export type Past = (now: number) => number | null | Passed;
type Passed = "told" | "before";
const atOnce: Past = (now) => now;

/**
 * What becomes of an occurrence that is past by what an event told: the member enters at once, but not by one that tells of the past itself, where the
 * occurrence is passed. `known`: what was known before the event; where its instant had come, that is nothing of the event's.
 */
export const pastBy = (isOfThePast: boolean, known: Next | null | undefined, now: number): Past =>
  isOfThePast && (known?.at == null || known.at > now) ? () => "told" : atOnce;

/** One return of a date. `day`: the benefit's own day. */
type Occurrence = { key: string; day: string; at: number };

/**
 * When a timed entry next comes to a member, from what is known of them now. A date that was set after its instant but before its day
 * enters at once; `past` says so otherwise, at publishing.
 */
export function nextEntry(entry: TimedEntry, memory: Memory, facts: Facts, past: Past = atOnce): Next {
  const { kept: known, lookAgain } = remembered(entry, memory, facts);
  let kept = known;
  if (entry.on === "inactivity") {
    const spell = spellOf(entry, facts);
    if (isOver(kept, spell)) return { at: null, memory: kept };
    if (spell.at > facts.now) return { at: spell.at, memory: kept };
    const at = past(facts.now);
    return typeof at === "number" ? { at, memory: kept } : { at: null, memory: passBy(kept, spell.key, at) };
  }
  for (const one of occurrences(entry, kept, facts)) {
    if (one.at > facts.now) return { at: sooner(one.at, lookAgain), memory: kept };
    if (facts.now >= startOfDay(one.day, facts.zone)) continue;
    const at = past(facts.now);
    if (typeof at === "number") return { at, memory: kept };
    kept = passBy(kept, one.key, at);
  }
  return { at: lookAgain, memory: kept };
}

const passBy = (memory: Memory, key: string, why: null | Passed): Memory => ({
  ...memory,
  done: key,
  ...(why !== null && { [why]: key }),
});

type Entering = { key: string; properties: Record<string, unknown> };
/** `passed`: those that came at their instants (epoch milliseconds) and are too long past now. */
export type Fallen = { occurrence: Entering | null; passed: (Entering & { at: number })[]; next: Next };

/** What a due row whose instant has come means: the member enters now, or is looked at again later. An occurrence too long past is passed. */
export function fall(entry: TimedEntry, memory: Memory, facts: Facts): Fallen {
  const { kept, lookAgain } = remembered(entry, memory, facts);
  if (entry.on === "inactivity") {
    const spell = spellOf(entry, facts);
    if (isOver(kept, spell)) return { ...NONE, next: { at: null, memory: kept } };
    if (spell.at > facts.now) return { ...NONE, next: { at: spell.at, memory: kept } };
    const since = new Date(Number(spell.key)).toISOString();
    return {
      ...NONE,
      occurrence: { key: spell.key, properties: { since, days: entry.days } },
      next: { at: null, memory: { ...kept, done: spell.key } },
    };
  }
  const passed: Fallen["passed"] = [];
  for (const one of occurrences(entry, kept, facts)) {
    // Being late makes sense until the day is over.
    if (Math.max(endOfDay(one.day, facts.zone), one.at + LATE_MS) < facts.now) {
      passed.push({ key: one.key, properties: { date: one.day }, at: one.at });
      continue;
    }
    if (one.at > facts.now) return { occurrence: null, passed, next: { at: sooner(one.at, lookAgain), memory: kept } };
    const done: Memory = { ...kept, done: one.key };
    return {
      occurrence: { key: one.key, properties: { date: one.day } },
      passed,
      next: nextEntry(entry, done, facts, () => null),
    };
  }
  return { occurrence: null, passed, next: { at: lookAgain, memory: kept } };
}
const NONE = { occurrence: null, passed: [] };

/** Whether the last occurrence that entered or passed did neither at its instant, since an event of the past told of it. */
export const wasTold = ({ done, told }: Memory): boolean => told !== null && told === done;

/** Whether it did neither since it had come before the journey was published, which let nobody in for whom it had. */
export const wasBefore = ({ done, before }: Memory): boolean => before !== null && before === done;

/**
 * When the last occurrence that entered or passed had come (epoch milliseconds), by the days that count now; null where none is remembered, or it lies
 * further back than two years.
 */
export function lastFallen(entry: TimedEntry, memory: Memory, facts: Facts): number | null {
  if (memory.done === null) return null;
  if (entry.on === "inactivity") {
    const since = Number(memory.done);
    return Number.isFinite(since) ? later(since, `P${entry.days}D`, facts.zone) : null;
  }
  for (const one of occurrences(entry, { ...memory, done: null }, facts)) if (one.key === memory.done) return one.at;
  return null;
}

const sooner = (at: number, other: number | null): number => (other === null ? at : Math.min(at, other));

/** The memory with the day that counts now; a second edit within a year waits for the next one. */
function remembered(entry: TimedEntry, memory: Memory, facts: Facts): { kept: Memory; lookAgain: number | null } {
  if (entry.on !== "date" || !("field" in entry.date)) return { kept: { ...memory }, lookAgain: null };
  const said = dayAt(entry.date.field, facts);
  if (said === null || said === memory.day || memory.day === null)
    return { kept: { ...memory, day: said ?? memory.day }, lookAgain: null };
  if (entry.date.returns === "once") return { kept: { ...memory, day: said }, lookAgain: null };
  const year = Number(dayOf(facts.now, facts.zone).slice(0, 4));
  if (memory.edited === year) return { kept: { ...memory }, lookAgain: startOfDay(`${year + 1}-01-01`, facts.zone) };
  return { kept: { ...memory, day: said, edited: year }, lookAgain: null };
}

/** Those after the last one done, in their order, from those that may still come today on. */
function* occurrences(entry: DateEntry, memory: Memory, facts: Facts): Generator<Occurrence> {
  const { date, days, at: time, leap } = entry;
  const today = dayOf(facts.now, facts.zone);
  const make = (key: string, day: string): Occurrence => {
    return { key, day, at: atLocal(dayPlus(day, days), time, facts.zone) };
  };
  if ("monthly" in date) {
    // Days before or after may lie in a neighbouring month.
    for (let month = -2; month <= 13; month++) {
      const first = monthsLater(`${today.slice(0, 7)}-01`, month);
      const key = first.slice(0, 7);
      if (memory.done === null || key > memory.done)
        yield make(key, dayPlus(first, Math.min(date.monthly, lengthOf(first)) - 1));
    }
    return;
  }
  const year = Number(today.slice(0, 4));
  // Moved by up to a year of days, what comes next may belong to a neighbouring year.
  const yearly = function* (from: number, dayIn: (year: number) => string | null): Generator<Occurrence> {
    for (let next = Math.max(from, year - 2); next <= Math.max(from, year) + 3; next++) {
      const [key, day] = [String(next), dayIn(next)];
      if (day !== null && (memory.done === null || key > memory.done)) yield make(key, day);
    }
  };
  if ("holiday" in date) {
    yield* yearly(year - 2, (next) => holidayIn(date.holiday, next));
    return;
  }
  if (memory.day === null || dayAt(date.field, facts) === null) return;
  if (date.returns === "once") {
    if (memory.done !== memory.day) yield make(memory.day, memory.day);
    return;
  }
  // By the years of the date's own calendar, which decide what is once a year: by the other's some would have two, and others none.
  const returns = returnsOf(memory.day, date.returns === "lunar" ? "lunar" : leap);
  const after = date.field === "member.joined_at" ? 1 : 0;
  if (returns) yield* yearly(returns.year + after, returns.dayIn);
}

/** How many days the month that begins on a day has. */
const lengthOf = (first: string): number => Number(dayPlus(monthsLater(first, 1), -1).slice(8));

/** A worker that was away this long still lets in those whose instant passed meanwhile. */
const LATE_MS = 24 * 60 * 60 * 1000;

/** The spell of silence a member is in, by when it began; those who never did it count from joining. */
function spellOf(
  { of, days }: Extract<TimedEntry, { on: "inactivity" }>,
  { member, zone }: Facts,
): { key: string; at: number } {
  const since = lastDone(of, member) ?? member.joinedAt;
  return { key: String(since), at: later(since, `P${days}D`, zone) };
}

/**
 * Whether a spell of silence has entered or passed, or one did that began later: of two members who are one, who never did it and joined one after the
 * other, the later may have had it, and the first's counts.
 */
const isOver = ({ done }: Memory, { key }: { key: string }): boolean => done !== null && Number(done) >= Number(key);

/** When a member last did it (epoch milliseconds); null = never. */
export const lastDone = (of: Silence, member: Facts["member"]): number | null => SINCE[of](member);

const SINCE: Record<Silence, (member: Facts["member"]) => number | null> = {
  visit: (member) => member.lastVisitAt,
  purchase: (member) => member.lastOrderAt,
  activity: (member) => member.lastSeenAt,
};
