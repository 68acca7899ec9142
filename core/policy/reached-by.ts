/** Tags by which a plan, or a segment's rule, finds its members, and the segments it names. */
export type Reached = { tags: Set<string>; segments: Set<string> };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Every tag a compiled plan or a rule asks for, wherever in it: what a rule compares `member.tags` with. What a plan's effects do (add a tag)
 * is no way of reaching anybody. Works on the data alone, so that a new kind of entry or step cannot be forgotten.
 */
export function reachedBy(document: unknown, into: Reached = { tags: new Set(), segments: new Set() }): Reached {
  if (Array.isArray(document)) for (const part of document) reachedBy(part, into);
  else if (typeof document === "object" && document !== null) {
    const { field, value } = document as { field?: unknown; value?: unknown };
    const values = [value].flat().filter((one) => typeof one === "string");
    if (field === "member.tags") for (const tag of values) into.tags.add(tag);
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
