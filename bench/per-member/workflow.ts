import { condition, defineSignal, proxyActivities, setHandler } from "@temporalio/workflow";
import type * as activities from "./activities";

const { choose, coupon, message } = proxyActivities<typeof activities>({ startToCloseTimeout: "1 minute" });
const redeemed = defineSignal("redeemed");

/** The shape that is common elsewhere: one workflow per member, one regular activity per step, then a wait for a signal with a time-out. */
export async function member(args: activities.Args): Promise<void> {
  let isRedeemed = false;
  setHandler(redeemed, () => {
    isRedeemed = true;
  });
  if (!(await choose(args))) return;
  const given = await coupon(args);
  if (!given) return;
  await message(args, given);
  await condition(() => isRedeemed, "7 days");
}
