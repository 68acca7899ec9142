import { EVENT_NAMES, type EventName } from "./catalogue";

/** Segment's e-commerce events (their specification "V2 Ecommerce Events") that mean one of ours; money in them is decimal. */
const ECOMMERCE = {
  "order placed": "order_placed",
  "order completed": "order_paid",
  "order paid": "order_paid",
  "order refunded": "order_refunded",
  "order cancelled": "order_cancelled",
  "product viewed": "product_viewed",
  "product added": "cart_updated",
  "product removed": "cart_updated",
  "cart updated": "cart_updated",
  "cart viewed": "cart_updated",
  "checkout started": "checkout_started",
  "signed up": "signed_up",
  "account created": "signed_up",
  "account deleted": "account_closed",
  "account closed": "account_closed",
} as const satisfies Record<string, EventName>;

const ACTIONS: Record<string, string> = {
  "product added": "added",
  "product removed": "removed",
  "cart updated": "updated",
};

/** Ours by a plain reading: "Check In" and "check-in" are check_in. */
const plain = new Map<string, EventName>(EVENT_NAMES.map((name) => [name.replaceAll("_", ""), name]));

export type OurName = { name: string; isEcommerce: boolean; action?: string };

/** The catalogue's name of an event that a sender named; names we do not know stay as they are. */
export function ourName(sent: string): OurName {
  const name = sent.trim();
  const key = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[\s_-]+/g, " ")
    .toLowerCase();
  if (isEcommerce(key) && name !== ECOMMERCE[key])
    return { name: ECOMMERCE[key], isEcommerce: true, ...(ACTIONS[key] && { action: ACTIONS[key] }) };
  return { name: plain.get(key.replaceAll(" ", "")) ?? name, isEcommerce: false };
}

const isEcommerce = (key: string): key is keyof typeof ECOMMERCE => Object.hasOwn(ECOMMERCE, key);
