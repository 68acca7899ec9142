import type { InboxEvent } from "@/core/events/inbox-event";
import type { FactDelta, LoadedMember } from "@/core/members/loaded-member";
import { isMemberField, MEMBER_FIELDS } from "@/core/rules/found";
import { concerns, type Watched } from "../plans/watched";

/** What one event did to a member. */
export type Projection = { event: InboxEvent; before: LoadedMember; after: LoadedMember; facts: readonly FactDelta[] };

/** Of a workspace's segments those whose answer an event can have changed, by what their rules read. */
export function affected(segments: readonly Watched[], { event, before, after, facts }: Projection): Watched[] {
  // A first sign of life, and words that may have joined two members, concern every segment.
  if (before.lastSeenAt === null || event.type === "identify" || event.type === "alias") return [...segments];
  return segments.filter(
    ({ reads }) =>
      concerns(reads, event.name) ||
      facts.some(({ name }) => reads.did.has(name)) ||
      [...reads.fields].some((field) => read(before, field) !== read(after, field)),
  );
}

// No event moves the instant to which coupons are read; what changes them comes by their own events: see `concerns`.
const read = (member: LoadedMember, field: string): unknown =>
  isMemberField(field)
    ? field === "coupons"
      ? member.coupons
      : MEMBER_FIELDS[field][1](member)
    : member.attributes[field.slice("attributes.".length)];
