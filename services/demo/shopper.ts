import { discountOf } from "@/core/loyalty/discount";
import type { Discount } from "@/core/loyalty/offer";
import type { Chance } from "./chance";
import { type Basket, basketAt, orderProperties } from "./order";
import { personOf } from "./people";
import { type DemoStore, STORES, WORKSPACE } from "./places";

export type Customer = { userId: string; store: string | null };
export type CouponInHand = Customer & { code: string; discount: Discount };
/** A message of the event API (Segment's shape). */
export type Said = {
  type: "identify" | "track" | "page";
  userId: string;
  messageId: string;
  event?: string;
  traits?: Record<string, unknown>;
  properties?: Record<string, unknown>;
};
/** What a customer does: tells something, or uses a coupon at a till and then pays. */
export type Act =
  | { is: "tells"; events: Said[] }
  | {
      is: "redeems";
      redemption: { code: string; amount: number; store: string; orderRef: string };
      pays(discount: number): Said[];
    };

type Situation = {
  chance: Chance;
  customer: Customer;
  coupons: readonly CouponInHand[];
  newcomer: number;
  /** Unique texts: of orders and messages. */
  newId: () => string;
};

type Does = "buys" | "buys online" | "redeems" | "joins" | "looks in" | "browses" | "asks";
const LIKELY: readonly [{ does: Does; weight: number }, ...{ does: Does; weight: number }[]] = [
  { does: "buys", weight: 50 },
  { does: "buys online", weight: 12 },
  { does: "redeems", weight: 14 },
  { does: "joins", weight: 8 },
  { does: "looks in", weight: 8 },
  { does: "browses", weight: 8 },
  { does: "asks", weight: 3 },
];
const TOPICS = ["退货", "配送", "积分", "会员等级", "发票"] as const;

/** What happens next in the shops. */
export function nextAct(situation: Situation): Act {
  const { does } = situation.chance.weighted(LIKELY);
  switch (does) {
    case "buys":
      return buys(situation, false);
    case "buys online":
      return buys(situation, true);
    case "redeems":
      return redeems(situation);
    case "joins":
      return joins(situation);
    case "looks in":
      return looksIn(situation);
    case "browses":
      return browses(situation);
    case "asks":
      return asks(situation);
    default:
      return does satisfies never;
  }
}

function buys({ chance, customer, newId }: Situation, isOnline: boolean): Act {
  const store = storeOf(chance, customer);
  const properties = orderProperties(basketAt(chance, store), { id: `GL-${newId()}`, store, isOnline });
  return { is: "tells", events: [track(customer.userId, "order_paid", properties, newId)] };
}

/** With a coupon in hand that fits; else an ordinary purchase. */
function redeems(situation: Situation): Act {
  const { chance, coupons, newId } = situation;
  const [coupon] = coupons;
  if (!coupon) return buys(situation, false);
  const store = storeOf(chance, coupon);
  const basket = basketFor(chance, store, coupon.discount);
  if (!basket) return buys(situation, false);
  const order = `GL-${newId()}`;
  return {
    is: "redeems",
    redemption: { code: coupon.code, amount: basket.total, store: store.code, orderRef: order },
    pays: (discount) => [
      track(
        coupon.userId,
        "order_paid",
        { ...orderProperties(basket, { id: order, store, isOnline: false, discount }), coupon: coupon.code },
        newId,
      ),
    ],
  };
}

/** People with a coupon fill the basket up to its threshold. */
function basketFor(chance: Chance, store: DemoStore, discount: Discount): Basket | undefined {
  for (let attempt = 0; attempt < 20; attempt++) {
    const basket = basketAt(chance, store);
    if (discountOf(discount, basket.total).applies) return basket;
  }
  return undefined;
}

function joins({ chance, newcomer, newId }: Situation): Act {
  const { number: _, userId, store, consents, ...traits } = personOf(`${WORKSPACE.slug}/new`, newcomer);
  const told = { ...traits, favourite_store: store.code, district: store.region, consent: consents };
  return {
    is: "tells",
    events: [
      { type: "identify", userId, messageId: newId(), traits: told },
      track(
        userId,
        "signed_up",
        { store: store.code, merchant: store.merchant, method: chance.pick(["qr", "till", "mini-program"]) },
        newId,
      ),
    ],
  };
}

function looksIn({ chance, customer, newId }: Situation): Act {
  const store = storeOf(chance, customer);
  const place = { store: store.code, merchant: store.merchant };
  const event = chance.is(0.5)
    ? track(customer.userId, "store_visit", place, newId)
    : track(customer.userId, "check_in", { ...place, streak: chance.int(1, 7) }, newId);
  return { is: "tells", events: [event] };
}

function browses({ chance, customer, newId }: Situation): Act {
  const { merchant } = storeOf(chance, customer);
  return {
    is: "tells",
    events: [
      {
        type: "page",
        userId: customer.userId,
        messageId: newId(),
        properties: { path: `/shop/${merchant}`, title: "青禾生活商城" },
      },
    ],
  };
}

function asks({ chance, customer, newId }: Situation): Act {
  return { is: "tells", events: [track(customer.userId, "enquiry", { topic: chance.pick(TOPICS) }, newId)] };
}

const track = (userId: string, event: string, properties: Record<string, unknown>, newId: () => string): Said => ({
  type: "track",
  userId,
  event,
  properties,
  messageId: newId(),
});
const storeOf = (chance: Chance, { store }: Customer): DemoStore =>
  STORES.find(({ code }) => code === store && chance.is(0.85)) ?? chance.weighted(STORES);
