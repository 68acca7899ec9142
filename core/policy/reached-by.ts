import type { Plan } from "../plan/plan";
import type { EventFacts } from "../rules/facts";

/** Tags by which a plan, or a segment's rule, finds its members, and the segments it names. */
export type Reached = { tags: Set<string>; segments: Set<string> };

/** Stands among the tags where any tag at all may lead: a run that begins, or waits, for whichever tag is added. */
export const ANY_TAG = "*";

/** What a rule compares tags with: those of the member, and the one that an event, or the event that began the run, tells of. */
const TAG_FIELDS = ["member.tags", "event.tag", "entry.tag"];
const TAG_ADDED = "tag_added";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Every tag a compiled plan or a rule asks for, wherever in it: what a rule compares `member.tags` with, or the tag of an event, and any
 * (`ANY_TAG`) where it waits for whichever is added. What a plan's effects do (add a tag) is no way of reaching anybody. Works on the data alone, so that a new kind of entry or step cannot be forgotten.
 */
export function reachedBy(document: unknown, into: Reached = { tags: new Set(), segments: new Set() }): Reached {
  if (Array.isArray(document)) for (const part of document) reachedBy(part, into);
  else if (typeof document === "object" && document !== null) {
    const { field, value } = document as { field?: unknown; value?: unknown };
    const values = [value].flat().filter((one) => typeof one === "string");
    if (isOpen(document, "pinned")) into.tags.add(ANY_TAG);
    if (typeof field === "string" && TAG_FIELDS.includes(field)) for (const tag of values) into.tags.add(tag);
    for (const [key, part] of Object.entries(document)) {
      const isSegment =
        /segment/i.test(key) || (key === "value" && typeof field === "string" && /segment/i.test(field));
      if (isSegment) for (const id of [part].flat()) if (typeof id === "string" && UUID.test(id)) into.segments.add(id);
      // Words are no rules.
      if (key !== "content") reachedBy(part, into);
    }
  }
  return into;
}

/** Whether it listens for added tags (an entry, a wait) without being held to certain ones; for "named", without naming any. */
function isOpen(document: object, unless: "pinned" | "named"): boolean {
  const { event, on, when } = document as { event?: unknown; on?: unknown; when?: unknown };
  if (when === undefined || (event !== TAG_ADDED && on !== TAG_ADDED)) return false;
  return unless === "pinned" ? !isPinned(when) : !JSON.stringify(when).includes('"event.tag"');
}

/** Whether a rule holds for certain tags alone of those an event may tell of. */
function isPinned(rule: unknown): boolean {
  if (typeof rule !== "object" || rule === null) return false;
  const { field, is, value, all, any } = rule as Record<string, unknown>;
  if (Array.isArray(all)) return all.some(isPinned);
  if (Array.isArray(any)) return any.every(isPinned);
  return (
    field === "event.tag" && (is === "eq" || is === "in") && [value].flat().every((one) => typeof one === "string")
  );
}

/** The operators that let in who lacks the tag or is outside the segment. */
const LACKING = /^(not_|ne$)/;

/**
 * The same of those alone that a rule wants its members to carry: what it excludes is no way to find anybody. For a warning; the guard itself
 * asks `reachedBy`, which forgets nothing.
 */
export function soughtBy(
  document: unknown,
  into: Reached = { tags: new Set(), segments: new Set() },
  isExcluded = false,
): Reached {
  if (Array.isArray(document)) for (const part of document) soughtBy(part, into, isExcluded);
  else if (typeof document === "object" && document !== null) {
    const { field, is } = document as { field?: unknown; is?: unknown };
    if (isOpen(document, "named")) into.tags.add(ANY_TAG);
    if (field !== undefined) {
      const lacks = typeof is === "string" && LACKING.test(is);
      if (lacks === isExcluded) reachedBy(document, into);
    } else
      for (const [key, part] of Object.entries(document)) {
        if (key === "content") continue;
        if (typeof part === "object" && !/segment/i.test(key))
          soughtBy(part, into, key === "not" ? !isExcluded : isExcluded);
        else if (!isExcluded) reachedBy({ [key]: part }, into);
      }
  }
  return into;
}

const known = new WeakMap<Plan, Reached>();

/** By what a plan finds its members: its entry's rules, and those of its steps. Plans never change. */
export function reachOf(plan: Plan): Reached {
  let reached = known.get(plan);
  if (!reached) known.set(plan, (reached = reachedBy([plan.entry, plan.steps])));
  return reached;
}

/**
 * What an event that a run causes tells of the way to it, for the guard of sensitive tags: a journey that is started so has found its member by
 * all that was asked before it.
 */
export function throughAfter(plan: Plan, { through = [] }: Pick<EventFacts, "through">): Pick<EventFacts, "through"> {
  const { tags, segments } = reachOf(plan);
  const all = tags.size + segments.size > 0 ? [...new Set([...through, plan.id])] : through;
  return all.length > 0 ? { through: all } : {};
}
