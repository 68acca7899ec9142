import { LARGEST_AMOUNT } from "../events/money";
import type { EventFacts } from "../rules/facts";
import {
  type Counted,
  countPayment,
  countRefund,
  type KnownOrder,
  knownOrder,
  newOrder,
  nextOf,
  orderNamed,
  withOrder,
} from "./order-book";

/** What is known of a member's orders, and how many they have. */
type Orders = { book?: readonly KnownOrder[]; orders: number };

/**
 * An event as rules see it, with what the order it names tells of it: a refund that does not say whether it is of the whole order learns it from the
 * amounts, and one that tells again what was told before is marked. Beside it what the event adds to the member's orders.
 */
export function seenEvent<E extends EventFacts>(orders: Orders, event: E): { event: E; counted: Counted } {
  const counted = countedOf(orders, event);
  const complete = withFullness(event, counted.order);
  return { event: counted.isRepeat ? { ...complete, isRepeat: true } : complete, counted };
}

/**
 * Events of one member as rules saw them when they were judged, by their ids: the same, told after the event. `told`: all that the member's orders in
 * question were told by, in the order in which it was accepted.
 */
export function seenEvents(told: readonly EventFacts[]): ReadonlyMap<string, EventFacts> {
  const seen = new Map<string, EventFacts>();
  let book: readonly KnownOrder[] = [];
  for (const one of told) {
    const { event, counted } = seenEvent({ book, orders: Number.MAX_SAFE_INTEGER }, one);
    if (counted.order) book = withOrder(book, counted.order);
    seen.set(one.id, event);
  }
  return seen;
}

/** A refund that does not say whether it is of the whole order, with what the order book finds; before the payment is known nobody can tell. */
const withFullness = <E extends EventFacts>(event: E, order: KnownOrder | undefined): E =>
  event.name === "order_refunded" && event.properties.is_full === undefined && order && order.paid !== null
    ? { ...event, properties: { ...event.properties, is_full: order.isUndone } }
    : event;

/** What the event adds to the member's orders and spending: once for an order it names, each time without a name. */
function countedOf({ book = [], orders }: Orders, event: EventFacts): Counted {
  const amount = amountOf(event);
  const known = orderMeant(book, event, amount);
  switch (event.name) {
    case "order_paid":
      return known ? countPayment(known, event, amount) : { orders: 1, spent: amount, isKnown: false, isRepeat: false };
    case "order_refunded": {
      if (known) return countRefund(known, event, amount, orders);
      return { orders: event.properties.is_full === true ? -1 : 0, spent: -amount, isKnown: false, isRepeat: false };
    }
    default:
      return { orders: 0, spent: 0, isKnown: false, isRepeat: false };
  }
}

/** The order that an event names: the one known, which has the merchant now that either telling named, or a new one. */
function orderMeant(book: readonly KnownOrder[], event: EventFacts, amount: number): KnownOrder | undefined {
  const named = orderNamed(event);
  if (!named) return undefined;
  const at = event.occurredAt;
  const known = knownOrder(book, named, { at, paid: event.name === "order_paid" ? amount : null });
  return known
    ? { ...known, merchant: known.merchant || named.merchant }
    : newOrder(named, nextOf(book, named.order), at);
}

/** What an event is worth, minor units; 0 where it says none. */
export const amountOf = ({ properties }: Pick<EventFacts, "properties">): number =>
  typeof properties.amount === "number" && Number.isInteger(properties.amount)
    ? Math.max(-LARGEST_AMOUNT, Math.min(LARGEST_AMOUNT, properties.amount))
    : 0;
