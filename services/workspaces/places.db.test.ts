import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { MemberId, OfferId } from "@/core/ids";
import { engine, sql, write } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { storeActivity } from "@/services/insight/store-activity";
import { issueCoupons } from "@/services/offers/issue";
import { redeem } from "@/services/offers/redeeming/redeem";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { closeMerchant, listMerchants, renameMerchant, reopenMerchant } from "./merchants";
import { closeStore, createStore, listStores, reopenStore, updateStore } from "./stores";

await database();
const value = <T>(outcome: { ok: true; value: T } | { ok: false }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
};
const codes = async (own: Shop, state?: "open" | "closed" | "all") =>
  value(await call(listStores, own.actor(), { ...(state && { state }) })).items.map(({ code }) => code);

/** A member with a coupon; returns its code. */
async function couponOf({ workspace, offer }: Shop): Promise<string> {
  const member = newId<MemberId>();
  await engine((tx) =>
    tx.run(sql`INSERT INTO member (workspace_id, id, name) VALUES (${workspace}, ${member}, 'Ada')`),
  );
  const [issued] = await write(workspace, (tx) =>
    issueCoupons(tx, workspace, [{ member, offer: offer as OfferId, source: "test" }], new Date()),
  );
  if (!issued?.ok) throw new Error("no coupon");
  return issued.coupon.code;
}

describe("a store", () => {
  it("changes field by field, and null clears one", async () => {
    const own = await shop();
    const facts = { address: "1 Main Street", mall: "The Mall", timeZone: "Asia/Tokyo" };
    value(await call(updateStore, own.actor(), { store: own.store, ...facts }));
    const changed = value(await call(updateStore, own.actor(), { store: own.store, mall: null, name: "Renamed" }));
    expect(changed).toMatchObject({ name: "Renamed", code: "S1", address: "1 Main Street", mall: null });
    expect(changed.timeZone).toBe("Asia/Tokyo");
    const overtaken = { store: own.store, name: "Mine", was: { name: "As I saw it" } };
    expect(await call(updateStore, own.actor(), overtaken)).toMatchObject({
      reason: "conflict",
      path: ["was", "name"],
    });
    const other = { store: own.store, region: "North", was: { region: null } };
    expect(value(await call(updateStore, own.actor(), other))).toMatchObject({ name: "Renamed", region: "North" });
    const wrong = await call(updateStore, own.actor(), { store: own.store, timeZone: "Mars/Base" });
    expect(wrong).toMatchObject({ reason: "invalid", path: ["timeZone"] });
    expect(await call(updateStore, own.actor("marketer"), { store: own.store, name: "x" })).toMatchObject({
      reason: "not_allowed",
    });
  });

  it("redeems nothing while it is closed, and stands in no list of open ones", async () => {
    const own = await shop();
    const basket = { code: await couponOf(own), amount: 10_000, store: own.storeCode };
    value(await call(closeStore, own.actor(), { store: own.store }));
    expect(await codes(own)).toEqual([]);
    expect(await codes(own, "closed")).toEqual(["S1"]);
    const named = value(await call(listStores, own.actor(), { ids: `${own.store},${own.workspace}`, state: "all" }));
    expect(named.items.map(({ id }) => id)).toEqual([own.store]);
    expect(await call(redeem, own.actor(), basket)).toMatchObject({ reason: "store_not_eligible", path: ["store"] });
    value(await call(reopenStore, own.actor(), { store: own.store }));
    value(await call(redeem, own.actor(), basket));
    expect(await codes(own)).toEqual(["S1"]);
  });

  it("tells what was used there, and leaves returns out of the sums", async () => {
    const own = await shop();
    const basket = { code: await couponOf(own), amount: 10_000, store: own.storeCode };
    value(await call(redeem, own.actor(), basket));
    const told = value(await call(storeActivity, own.actor(), { store: own.store }));
    expect(told).toMatchObject({ redemptions: 1, amount: 10_000, discount: 2_000, openTasks: 0, journeys: [] });
    expect(told.latest).toMatchObject([{ memberName: "Ada", offerName: "20 off 100", isCancelled: false }]);
    await engine((tx) => tx.run(sql`UPDATE redemption SET state = 'cancelled' WHERE workspace_id = ${own.workspace}`));
    const after = value(await call(storeActivity, own.actor(), { store: own.store }));
    expect([after.redemptions, after.discount, after.latest[0]?.isCancelled]).toEqual([0, 0, true]);
  });
});

describe("a store changed at one instant", () => {
  it("by two keeps what both said", async () => {
    const own = await shop();
    for (let n = 0; n < 10; n++) {
      const [region, mall] = [`R${n}`, `M${n}`];
      await Promise.all(
        [{ region }, { mall }].map((change) => call(updateStore, own.actor(), { store: own.store, ...change })),
      );
      expect(value(await call(updateStore, own.actor(), { store: own.store }))).toMatchObject({ region, mall });
    }
  });

  it("is called by no code that could be another's id", async () => {
    const own = await shop();
    const made = await call(createStore, own.actor(), { merchant: own.merchant, code: own.store, name: "x" });
    expect(made).toMatchObject({ reason: "invalid", path: ["code"] });
  });
});

describe("a merchant", () => {
  it("closes with its stores and opens with those that were closed with it", async () => {
    const own = await shop();
    const { merchant } = own;
    const make = (code: string) => call(createStore, own.actor(), { merchant, code, name: code });
    const closedBefore = value(await make("S2"));
    value(await call(closeStore, own.actor(), { store: closedBefore.id }));
    // What was closed in the same millisecond is taken for closed together.
    await pause(5);
    expect(value(await call(closeMerchant, own.actor(), { merchant }))).toMatchObject({ stores: 0 });
    expect(await codes(own)).toEqual([]);
    expect(await make("S3")).toMatchObject({ reason: "conflict", path: ["merchant"] });
    expect(await call(reopenStore, own.actor(), { store: own.store })).toMatchObject({ reason: "conflict" });
    expect(value(await call(listMerchants, own.actor(), {})).items).toEqual([]);
    expect(value(await call(reopenMerchant, own.actor(), { merchant }))).toMatchObject({ stores: 1, closedAt: null });
    expect(await codes(own)).toEqual(["S1"]);
  });

  it("takes another name and keeps its code", async () => {
    const own = await shop();
    const renamed = await call(renameMerchant, own.actor(), { merchant: own.merchant, name: "Other" });
    expect(value(renamed)).toMatchObject({ name: "Other", code: "M1", stores: 1 });
  });
});
