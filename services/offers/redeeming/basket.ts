import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import type { Basket, Place } from "@/core/loyalty/verdict";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { sql, type Tx } from "@/platform/db";

const MOST = 100_000_000_000;
export const Money = z.int().min(0).max(MOST);

/** What a till knows of an order. `amount`, or the items it is the sum of; both when they agree. Money in minor units. */
export const basketInput = {
  amount: Money.optional(),
  items: z
    .array(
      z.strictObject({
        sku: z.string().max(120).optional(),
        name: z.string().max(200).optional(),
        price: Money,
        quantity: z.int().min(1).max(100_000).default(1),
      }),
    )
    .min(1)
    .max(500)
    .optional(),
  store: z.string().min(1).max(64).optional().describe("the store's id or code"),
  orderRef: z.string().trim().min(1).max(120).optional().describe("the till's own number of this order"),
};
type BasketInput = {
  amount?: number | undefined;
  items?: { price: number; quantity: number }[] | undefined;
  store?: string | undefined;
};

export type Till = { basket: Basket; place: Place };

/** The basket with its sum and its store found; refused when the sum is not clear or the store is none of this workspace's. */
export async function readBasket(
  tx: Tx,
  workspace: WorkspaceId,
  { amount, items, store }: BasketInput,
): Promise<Outcome<Till>> {
  const sum = items?.reduce((total, item) => total + item.price * item.quantity, 0);
  const total = amount ?? sum;
  if (total === undefined) return refuse("invalid", "give the order's amount, or its items", ["amount"]);
  if (total > MOST) return refuse("invalid", `the items should add up to at most ${MOST}`, ["items"]);
  if (sum !== undefined && amount !== undefined && sum !== amount)
    return refuse("invalid", `the items add up to ${sum}`, ["amount"]);
  const home = await tx.one<{
    zone: string;
    currency: string;
    store: string | null;
    isClosed: boolean | null;
  }>(sql`
    SELECT w.time_zone AS zone, w.currency, s.id AS store, s.closed_at IS NOT NULL AS "isClosed"
    FROM workspace w
    LEFT JOIN store s ON s.workspace_id = w.id AND (s.code = ${store ?? null} OR s.id = ${store && isUuid(store) ? store : null}::uuid)
    WHERE w.id = ${workspace} ORDER BY s.id = ${store && isUuid(store) ? store : null}::uuid DESC NULLS LAST LIMIT 1`);
  if (!home) return refuse("not_found");
  if (store !== undefined && home.store === null) return refuse("not_found", "no such store here", ["store"]);
  if (home.isClosed && home.store !== null) return refuse("store_not_eligible", "the store is closed", ["store"]);
  return ok({ basket: { amount: total, store: home.store }, place: home });
}
