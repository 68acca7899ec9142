import { isAway } from "@/platform/db";
import { log } from "@/platform/log";
import { zones } from "../workspaces/zones";
import { tellCoupons } from "./tell-coupons";
import { tellPoints } from "./tell-points";

/** One share of what comes to its end in each workspace; returns how many coupons and members were told of. Call again until it returns 0. */
export async function tellExpiries(now: Date): Promise<number> {
  let told = 0;
  for (const { id, zone } of await zones())
    try {
      told += (await tellCoupons(id, now)) + (await tellPoints(id, zone, now));
    } catch (error) {
      if (isAway(error)) throw error;
      // One workspace's trouble is not the others'.
      log("expiry").error({ err: error, workspace: id }, "what comes to its end could not be told");
    }
  return told;
}
