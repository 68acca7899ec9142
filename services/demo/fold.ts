import type { InboxEvent } from "@/core/events/inbox-event";
import type { EventId, MemberId } from "@/core/ids";
import type { FactDelta, LoadedMember, MemberChange } from "@/core/members/loaded-member";
import type { KnownOrder } from "@/core/members/order-book";
import { project } from "@/core/members/project";
import type { Chance } from "./chance";
import type { Life } from "./life";
import { pastId } from "./past-id";

export type Folded = { change: MemberChange; events: InboxEvent[] };

/** A member's year as the engine would have folded it: by the same projection, event by event. */
export function fold({ moments, joinedAt }: Life, id: MemberId, store: string, zone: string, chance: Chance): Folded {
  let member: LoadedMember = {
    id,
    isAnonymous: false,
    name: null,
    phone: null,
    email: null,
    locale: null,
    timeZone: null,
    birthday: null,
    gender: null,
    tier: "basic",
    joinedAt,
    joinedStore: store,
    orders: 0,
    spent: 0,
    firstOrderAt: null,
    lastOrderAt: null,
    visits: 0,
    lastVisitAt: null,
    lastSeenAt: null,
    points: 0,
    tags: [],
    attributes: {},
    days: [],
    attributeTimes: {},
  };
  const facts: FactDelta[] = [];
  const orders: KnownOrder[] = [];
  const events = moments.map(({ at, name, type, properties, traits }): InboxEvent => {
    const event: InboxEvent = {
      id: pastId<EventId>(chance, at),
      name,
      type,
      messageId: `demo-${pastId(chance, at)}`,
      properties,
      occurredAt: at,
      acceptedAt: at,
      isHistorical: true,
      isTrusted: true,
      ...(traits && { traits }),
    };
    const projected = project(member, event, zone);
    member = projected.member;
    facts.push(...projected.facts);
    if (projected.order) orders.push(projected.order);
    return event;
  });
  return { change: { member, facts, orders }, events };
}
