import { randomBytes, randomUUID } from "node:crypto";
import type { WorkspaceId } from "@/core/ids";
import { renewKey } from "@/services/demo/access";
import { couponsInHand, customersOf, nextNumber } from "@/services/demo/cast";
import { Chance } from "@/services/demo/chance";
import { say } from "@/services/demo/places";
import { type CouponInHand, nextAct } from "@/services/demo/shopper";
import { device, giveDevices, newDevices } from "./devices";
import { doorOf } from "./door";

export type Crowd = {
  /** One act of one customer; how many events it made. */
  act(): Promise<number>;
};

const CUSTOMERS = 500;
const CHANGES_AFTER_MS = 5 * 60_000;
const COUPONS_AFTER_MS = 5_000;
/** A coupon is not used the moment it comes. */
const COMES_AFTER_MS = 20_000;

/** The customers of one demo workspace, with keys of their own. */
export async function gather(
  workspace: WorkspaceId,
  { api, sandbox }: { api: string; sandbox: string },
): Promise<Crowd> {
  const actor = { as: "system", workspace, name: "demo" } as const;
  const door = doorOf(api, {
    write: await renewKey(actor, {
      kind: "write",
      name: say({ en: "simulated customers", "zh-CN": "模拟顾客" }),
      scopes: ["server"],
    }),
    redeem: await renewKey(actor, {
      kind: "secret",
      name: say({ en: "simulated tills", "zh-CN": "模拟收银台" }),
      scopes: ["coupon.redeem"],
    }),
  });
  await giveDevices(sandbox, door, workspace);
  const chance = new Chance(randomUUID());
  const customers = every(CHANGES_AFTER_MS, () => customersOf(workspace, CUSTOMERS));
  const coupons = every(COUPONS_AFTER_MS, () => couponsInHand(workspace, new Date(Date.now() - COMES_AFTER_MS), 20));
  let newcomer = await nextNumber(workspace);

  return {
    async act() {
      const [first, ...others] = await customers();
      if (!first) return 1;
      const held: CouponInHand[] = await coupons();
      const act = nextAct({
        chance,
        customer: chance.pick([first, ...others]),
        coupons: held,
        newcomer,
        newId: () => randomBytes(8).toString("hex"),
      });
      if (act.is === "redeems") {
        held.shift();
        const discount = await door.redeem(act.redemption);
        const events = discount === null ? [] : act.pays(discount);
        if (events.length > 0) await door.tell(events);
        return events.length + 1;
      }
      const joined = act.events.find(({ event }) => event === "signed_up");
      if (joined) newcomer += 1;
      const [browser] = joined && chance.is(0.4) ? await newDevices(sandbox, 1) : [];
      const events = joined && browser ? [device(joined.userId, browser), ...act.events] : act.events;
      await door.tell(events);
      return events.length;
    },
  };
}

/** A value that is read anew when it is older than that. */
function every<T>(ms: number, read: () => Promise<T>): () => Promise<T> {
  let known: { until: number; value: T } | undefined;
  return async () => {
    if (!known || known.until < Date.now()) known = { until: Date.now() + ms, value: await read() };
    return known.value;
  };
}
