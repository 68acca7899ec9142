import { sha256Hex } from "../hash";

/** What has been counted of one order of a member. Amounts in minor units. */
export type KnownOrder = OrderName & {
  /** 1, 2, …: tells a member's orders of one number apart. */
  nth: number;
  /** When it was paid, in epoch milliseconds; before that, when its first refund came. null = orders of before this was kept. */
  at: number | null;
  /** The event that paid it; null = only refunds have come. */
  event: string | null;
  paid: number | null;
  refunded: number;
  /** Wholly refunded: the purchase is undone. */
  isUndone: boolean;
  /** What it adds to the member's orders: 1, 0, or -1 where it was refunded before its payment was told. */
  counted: number;
  /** Its payment was offered to journeys; history is not. */
  hasActed: boolean;
};
/** A merchant that was not told is "", and contradicts none. */
export type OrderName = { order: string; merchant: string };

/**
 * What an event of an order adds to the member, and what is known of the order then. `isKnown`: it was counted before, and adds nothing;
 * `isRepeat`: journeys have seen it before too.
 */
export type Counted = { order?: KnownOrder; orders: number; spent: number; isKnown: boolean; isRepeat: boolean };

type OrderEvent = {
  id: string;
  name: string;
  properties: Record<string, unknown>;
  occurredAt: number;
  isHistorical: boolean;
};

const LONGEST = 200;

/** The order that a payment or refund names; undefined = none, and each counts by itself. */
export function orderNamed({ name, properties }: Pick<OrderEvent, "name" | "properties">): OrderName | undefined {
  if (name !== "order_paid" && name !== "order_refunded") return undefined;
  const { order_id: id, merchant } = properties;
  const order = typeof id === "string" || typeof id === "number" ? short(String(id).trim()) : "";
  return order === "" ? undefined : { order, merchant: typeof merchant === "string" ? short(merchant.trim()) : "" };
}

/** What a telling says besides the name; `paid` is null for a refund, whose amount tells orders apart no better than their days do. */
export type Telling = { at: number | null; paid: number | null };

/** A payment of the same number that says another amount and comes later, or earlier, than this is of another order (decision 065). */
const ONE_ORDER_MS = 7 * 86_400_000;

/**
 * The order that a telling means: of its number, of no other merchant, and no other one by its day and amount. Of several the same merchant's,
 * then the one of that amount; a refund is of the last before it; then the nearest. undefined = it is a new one.
 */
export function knownOrder(
  book: readonly KnownOrder[],
  { order, merchant }: OrderName,
  told: Telling,
): KnownOrder | undefined {
  const meant = book.filter(
    (one) =>
      one.order === order &&
      (one.merchant === merchant || one.merchant === "" || merchant === "") &&
      !isAnother(one, told),
  );
  const rank = (one: KnownOrder): number[] => [
    one.merchant === merchant ? 0 : 1,
    told.paid !== null && one.paid === told.paid ? 0 : 1,
    told.paid === null && (one.at ?? 0) > (told.at ?? 0) ? 1 : 0,
    Math.abs((told.at ?? 0) - (one.at ?? 0)),
  ];
  return meant.sort((a, b) => first(rank(a), rank(b)) || a.nth - b.nth)[0];
}

const isAnother = ({ at, paid }: KnownOrder, told: Telling): boolean =>
  told.paid !== null &&
  paid !== null &&
  told.paid !== paid &&
  told.at !== null &&
  at !== null &&
  Math.abs(told.at - at) > ONE_ORDER_MS;

/** Which of two lists of numbers comes first, by the first that differs. */
const first = (a: number[], b: number[]): number => a.map((one, i) => one - (b[i] ?? 0)).find((by) => by !== 0) ?? 0;

/** The book with what is known of one of its orders now. */
export const withOrder = (book: readonly KnownOrder[], order: KnownOrder): KnownOrder[] => [
  ...book.filter((one) => one.order !== order.order || one.nth !== order.nth),
  order,
];

/** A number of this that the book has not given yet. */
export const nextOf = (book: readonly KnownOrder[], order: string): number =>
  1 + book.reduce((most, one) => (one.order === order ? Math.max(most, one.nth) : most), 0);

/** A payment counts once: told again, whatever it says then, it adds nothing. A refund that came before it is set against it. */
export function countPayment(known: KnownOrder, event: OrderEvent, amount: number): Counted {
  const hasActed = known.hasActed || !event.isHistorical;
  if (known.paid !== null)
    return { order: { ...known, hasActed }, orders: 0, spent: 0, isKnown: true, isRepeat: known.hasActed };
  const refunded = known.isUndone && known.refunded === 0 ? amount : Math.min(known.refunded, amount);
  const isUndone = known.isUndone || (refunded > 0 && refunded === amount);
  const counted = isUndone ? 0 : 1;
  return {
    order: { ...known, at: event.occurredAt, event: event.id, paid: amount, refunded, isUndone, counted, hasActed },
    orders: counted - known.counted,
    spent: amount - refunded + known.refunded,
    isKnown: false,
    isRepeat: false,
  };
}

/**
 * A refund takes at most what is left of its order; one that is full takes all of it where it names no amount, and undoes the purchase, as
 * the last of several does. Before the payment is known it takes what it says. `most`: the orders that the member has.
 */
export function countRefund(known: KnownOrder, { properties }: OrderEvent, amount: number, most: number): Counted {
  const isFull = properties.is_full === true;
  const left = known.paid === null ? Number.POSITIVE_INFINITY : known.paid - known.refunded;
  if (known.isUndone && (isFull || left === 0))
    return { order: known, orders: 0, spent: 0, isKnown: true, isRepeat: true };
  const takes = isFull && properties.amount === undefined && known.paid !== null ? left : Math.min(amount, left);
  const isUndone = known.isUndone || isFull || (takes > 0 && takes === left);
  const counted = (known.paid === null ? 0 : 1) - (isUndone ? 1 : 0);
  const orders = Math.max(-most, counted - known.counted);
  return {
    order: { ...known, refunded: known.refunded + takes, isUndone, counted: known.counted + orders },
    orders,
    spent: -takes,
    isKnown: false,
    isRepeat: false,
  };
}

/** One order that two members told of, who are one person: what is known of it, and how their sums change. `isTwice`: both counted its payment. */
export function joinOrders(
  kept: KnownOrder,
  other: KnownOrder,
): { order: KnownOrder; orders: number; spent: number; isTwice: boolean } {
  const paid = kept.paid ?? other.paid;
  const refunded = Math.min(paid ?? Number.POSITIVE_INFINITY, kept.refunded + other.refunded);
  const isUndone = kept.isUndone || other.isUndone || (refunded > 0 && refunded === paid);
  const counted = (paid === null ? 0 : 1) - (isUndone ? 1 : 0);
  const worth = (order: Pick<KnownOrder, "paid" | "refunded">) => (order.paid ?? 0) - order.refunded;
  const event = kept.event ?? other.event;
  const at = kept.paid === null && other.paid !== null ? other.at : kept.at;
  const merchant = kept.merchant || other.merchant;
  const hasActed = kept.hasActed || other.hasActed;
  return {
    order: { ...kept, at, merchant, event, paid, refunded, isUndone, counted, hasActed },
    orders: counted - kept.counted - other.counted,
    spent: worth({ paid, refunded }) - worth(kept) - worth(other),
    isTwice: kept.paid !== null && other.paid !== null,
  };
}

/** An order of which nothing is known yet. */
export const newOrder = (name: OrderName, nth: number, at: number): KnownOrder => ({
  ...name,
  nth,
  at,
  event: null,
  paid: null,
  refunded: 0,
  isUndone: false,
  counted: 0,
  hasActed: false,
});

const short = (text: string): string => (text.length > LONGEST ? sha256Hex(text) : text);
