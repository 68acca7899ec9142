import type { Chance } from "./chance";
import { type DemoStore, PRODUCTS } from "./places";

export type OrderLine = { sku: string; name: string; category: string; price: number; quantity: number };
/** A basket before any coupon. Money in fen. */
export type Basket = { items: OrderLine[]; category: string; total: number };

/** What somebody takes at a store; a weekly shop is bigger than a coffee. */
export function basketAt(chance: Chance, { merchant }: DemoStore): Basket {
  const shelf = PRODUCTS[merchant];
  const wanted = merchant === "coffee" ? chance.int(1, 2) : chance.is(0.3) ? chance.int(3, 6) : chance.int(1, 3);
  const lines = new Map<string, OrderLine>();
  for (let i = 0; i < wanted; i++) {
    const { sku, name, category, price, most } = chance.weighted(shelf);
    lines.set(sku, { sku, name, category, price, quantity: chance.int(1, most) });
  }
  const items = [...lines.values()];
  const [dearest] = [...items].sort((a, b) => worth(b) - worth(a));
  return { items, category: dearest?.category ?? "", total: items.reduce((sum, line) => sum + worth(line), 0) };
}

const worth = ({ price, quantity }: OrderLine): number => price * quantity;

/** Properties of `order_paid`, as a till or a shop sends them. */
export function orderProperties(
  basket: Basket,
  order: { id: string; store: DemoStore; isOnline: boolean; discount?: number },
): Record<string, unknown> {
  const { id, store, isOnline, discount = 0 } = order;
  return {
    order_id: id,
    amount: basket.total - discount,
    ...(discount > 0 && { discount }),
    ...(isOnline ? { channel: "online" } : { channel: "store", store: store.code }),
    merchant: store.merchant,
    category: basket.category,
    items: basket.items,
  };
}
