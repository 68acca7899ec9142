import type { InboxEvent } from "../events/inbox-event";
import { dayOf, dayPlus, startOfDay } from "../time/day";
import type { FactDelta, LoadedMember } from "./loaded-member";
import { type KnownOrder, withOrder } from "./order-book";
import { amountOf, seenEvent } from "./seen-event";
import { readTraits } from "./traits";

/** An attribute or field that an event changed. */
export type AttributeChange = { name: string; was: unknown; is: unknown };
/** `event`: the event as rules see it; `order`: what is known now of the order it is about. */
export type Projected = {
  member: LoadedMember;
  event: InboxEvent;
  facts: FactDelta[];
  changes: AttributeChange[];
  order?: KnownOrder;
};

/**
 * Folds one event into a member: pure, the given member is not touched. A visit is a check-in, a store visit or an in-store order; a
 * purchase is a paid order on any channel; a full refund undoes the purchase, not the visit; an order that is named counts once, however
 * often it is told. An attribute keeps the value that was said last, whatever the order of arrival. Who is known by a phone or email is reached
 * there until they say another, or that they have none. `zone` is the workspace's: a fact's day is local to it.
 */
export function project(member: LoadedMember, came: InboxEvent, zone: string): Projected {
  const { event, counted } = seenEvent(member, came);
  const at = event.occurredAt;
  // What we did to a member is no sign of life of theirs.
  const next: LoadedMember = {
    ...member,
    lastSeenAt: event.type === "system" ? member.lastSeenAt : latest(member.lastSeenAt, at),
  };
  const amount = amountOf(event);
  const day = localDay(at, zone);
  const { order, orders, spent, isKnown } = counted;
  if (order) next.book = withOrder(member.book ?? [], order);
  const facts: FactDelta[] = isKnown ? [] : [{ name: event.name, day, count: 1, amount }];
  const changes = event.traits ? heed(next, event, event.traits) : [];
  if (event.knownBy) reach(next, changes, event.knownBy);
  switch (event.name) {
    case "order_paid":
    case "order_refunded":
      if (isKnown) break;
      next.orders = Math.max(0, member.orders + orders);
      next.spent = bounded(member.spent + spent);
      facts.push({ name: "purchase", day, count: orders, amount: spent });
      if (event.name === "order_refunded") break;
      next.firstOrderAt = member.firstOrderAt === null ? at : Math.min(member.firstOrderAt, at);
      next.lastOrderAt = latest(member.lastOrderAt, at);
      if (isInStore(event)) visit(next, at, day, facts);
      break;
    case "store_visit":
    case "check_in":
      visit(next, at, day, facts);
      break;
    case "tier_changed":
      if (event.isTrusted && typeof event.properties.tier === "string")
        set(next, changes, "tier", event.properties.tier, at);
      break;
  }
  next.days = withFacts(member.days, facts);
  return { member: next, event, facts, changes, ...(order && { order }) };
}

/** The daily facts with an event's own: rules that count what a member did see the event they judge. */
function withFacts(days: LoadedMember["days"], facts: readonly FactDelta[]): LoadedMember["days"] {
  const folded = [...days];
  for (const fact of facts) {
    const at = folded.findIndex(({ name, day }) => name === fact.name && day === fact.day);
    const known = folded[at];
    if (known) folded[at] = { ...known, count: known.count + fact.count, amount: known.amount + fact.amount };
    else folded.unshift({ ...fact });
  }
  return folded;
}

function visit(member: LoadedMember, at: number, day: string, facts: FactDelta[]): void {
  member.visits += 1;
  member.lastVisitAt = latest(member.lastVisitAt, at);
  facts.push({ name: "visit", day, count: 1, amount: 0 });
}

/** What the order says of its channel decides; without a word, a store means in store. */
export const isInStore = ({ properties }: Pick<InboxEvent, "properties">): boolean =>
  properties.channel === "store" || (properties.channel === undefined && properties.store !== undefined);

const bounded = (value: number): number => Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value));
const latest = (known: number | null, at: number): number => (known === null ? at : Math.max(known, at));

type Field = "name" | "phone" | "email" | "birthday" | "gender" | "locale" | "timeZone" | "tier";
const FIELDS = [
  "name",
  "phone",
  "email",
  "birthday",
  "gender",
  "locale",
  "timeZone",
  "tier",
] as const satisfies readonly Field[];

function heed(member: LoadedMember, event: InboxEvent, traits: Record<string, unknown>): AttributeChange[] {
  const { fields, attributes } = readTraits(traits);
  const changes: AttributeChange[] = [];
  for (const field of FIELDS) {
    const value = fields[field];
    if (value === undefined || typeof value === "number" || (field === "tier" && !event.isTrusted)) continue;
    set(member, changes, field, value, event.occurredAt);
  }
  if (typeof fields.joinedAt === "number" && fields.joinedAt < member.joinedAt) member.joinedAt = fields.joinedAt;
  const known = { ...member.attributes };
  for (const [name, value] of Object.entries(attributes)) {
    if (!isNewest(member, name, event.occurredAt)) continue;
    if (!isSame(known[name], value)) changes.push({ name: `attributes.${name}`, was: known[name] ?? null, is: value });
    if (value === null) delete known[name];
    else known[name] = value;
    member.attributeTimes = { ...member.attributeTimes, [name]: event.occurredAt };
  }
  member.attributes = known;
  return changes;
}

function reach(member: LoadedMember, changes: AttributeChange[], knownBy: NonNullable<InboxEvent["knownBy"]>): void {
  for (const field of ["phone", "email"] as const) {
    const value = knownBy[field];
    // As if said before everything else: whatever they say of it, ever so long ago, stands.
    if (value !== undefined && member[field] === null) set(member, changes, field, value, 0);
  }
}

function set(member: LoadedMember, changes: AttributeChange[], field: Field, value: string | null, at: number): void {
  // Fields share the table of times with attributes; the # keeps a free attribute of the same name apart.
  const key = `#${field}`;
  if (!isNewest(member, key, at)) return;
  member.attributeTimes = { ...member.attributeTimes, [key]: at };
  if (member[field] === value) return;
  changes.push({ name: field, was: member[field], is: value });
  if (field === "tier") member.tier = value ?? member.tier;
  else member[field] = value;
}

const isNewest = (member: LoadedMember, key: string, at: number): boolean =>
  (member.attributeTimes[key] ?? Number.NEGATIVE_INFINITY) <= at;
const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

// A burst of events falls into one or two days, an imported history into hundreds: the calendar is asked once for each.
type Known = { day: string; from: number; until: number };
const MOST_DAYS = 5_000;
// By zone and UTC day, which meets two local days, or three where a day is cut short.
const days = new Map<string, Known[]>();
function localDay(at: number, zone: string): string {
  const key = `${Math.floor(at / 86_400_000)} ${zone}`;
  const met = days.get(key) ?? [];
  const known = met.find(({ from, until }) => at >= from && at < until);
  if (known) return known.day;
  const day = dayOf(at, zone);
  if (days.size >= MOST_DAYS) days.clear();
  days.set(key, [...met, { day, from: startOfDay(day, zone), until: startOfDay(dayPlus(day, 1), zone) }]);
  return day;
}
