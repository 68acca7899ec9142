import { z } from "zod";
import { Instant } from "@/core/instant";
import { OfferNames } from "@/core/loyalty/offer-name";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { CALLED } from "../members/called";
import { WAITED_FOR } from "../tasks/waited-for";
import { readStores, Store } from "../workspaces/stores";

const DAYS = 30;
const MOST = 10;

const Activity = z.object({
  store: Store,
  redemptions: z.int().describe("coupons used there in the last 30 days, returns left out"),
  amount: z.int().describe("of those orders, minor units"),
  discount: z.int().describe("what the coupons took off, minor units"),
  openTasks: z.int(),
  journeys: z
    .array(z.object({ id: z.string(), name: z.string(), redemptions: z.int(), discount: z.int() }))
    .describe("whose coupons were used there, the most used first"),
  latest: z.array(
    z.object({
      id: z.string(),
      member: z.string(),
      memberName: z.string().nullable(),
      offerName: z.string(),
      offerNames: OfferNames,
      amount: z.int(),
      discount: z.int(),
      isCancelled: z.boolean(),
      at: Instant,
    }),
  ),
});
export type StoreActivity = z.infer<typeof Activity>;
type Sums = Pick<StoreActivity, "redemptions" | "amount" | "discount">;

/** What ran at a store. All by redemption_store, of the last 30 days. */
export const storeActivity = useCase({
  may: "workspace.read",
  input: z.object({ store: z.uuid() }),
  output: Activity,
  says: "A store, and what ran there in the last 30 days",
  async run({ tx, actor: { workspace }, now }, { store }) {
    const [found] = await readStores(tx, workspace, sql`s.id = ${store}`, 1);
    if (!found) return refuse("not_found", "no such store");
    const since = new Date(now.getTime() - DAYS * 86_400_000);
    const there = sql`r.workspace_id = ${workspace} AND r.store_id = ${store} AND r.at >= ${since}`;
    const [sums, tasks, journeys, latest] = await Promise.all([
      tx.one<Sums>(sql`
        SELECT count(*)::int AS redemptions, coalesce(sum(r.amount), 0)::bigint AS amount, coalesce(sum(r.discount), 0)::bigint AS discount
        FROM redemption r WHERE ${there} AND r.state = 'confirmed'`),
      tx.one<{ open: number }>(sql`
        SELECT count(*)::int AS open FROM task t
        WHERE t.workspace_id = ${workspace} AND t.store_id = ${store} AND t.state = 'open' AND ${WAITED_FOR}`),
      tx.rows<StoreActivity["journeys"][number]>(sql`
        SELECT j.id, j.name, count(*)::int AS redemptions, sum(r.discount)::bigint AS discount
        FROM redemption r
        JOIN coupon c ON c.workspace_id = r.workspace_id AND c.id = r.coupon_id
        JOIN run ON run.workspace_id = c.workspace_id AND run.id = c.run_id
        JOIN journey j ON j.workspace_id = run.workspace_id AND j.id = run.journey_id
        WHERE ${there} AND r.state = 'confirmed' GROUP BY j.id, j.name ORDER BY redemptions DESC, j.name LIMIT ${MOST}`),
      tx.rows<StoreActivity["latest"][number]>(sql`
        SELECT r.id, r.member_id AS member, ${CALLED} AS "memberName", o.name AS "offerName", o.names AS "offerNames", r.amount, r.discount, r.state = 'cancelled' AS "isCancelled", r.at
        FROM redemption r
        JOIN member m ON m.workspace_id = r.workspace_id AND m.id = r.member_id
        JOIN coupon c ON c.workspace_id = r.workspace_id AND c.id = r.coupon_id
        JOIN offer o ON o.workspace_id = c.workspace_id AND o.id = c.offer_id
        WHERE ${there} ORDER BY r.at DESC, r.id DESC LIMIT ${MOST}`),
    ]);
    return ok<StoreActivity>({
      store: found,
      ...(sums ?? { redemptions: 0, amount: 0, discount: 0 }),
      openTasks: tasks?.open ?? 0,
      journeys,
      latest,
    });
  },
});
