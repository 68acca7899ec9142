import { heartbeat } from "@temporalio/activity";
import { instant } from "@/platform/clock";
import { forgetAnswers } from "@/services/access/forget-answers";
import { forgetTurnedAway } from "@/services/engine/entering/turn-away";
import { forgetKeys } from "@/services/events/intake/forget-keys";
import { tellExpiries } from "@/services/expiry/tell-expiries";
import { endTiers } from "@/services/members/end-tiers";
import { expireEverywhere } from "@/services/points/expire-everywhere";
import { cancelLeft } from "@/services/tasks/cancel-left";

const AT_ONCE = 10_000;

/** One bounded share of what the clock asks for: coupons and points near their end, points and tiers past their last day, message keys and records past their keeping. 0 = nothing is left. */
export async function upkeepShare(): Promise<number> {
  const told = await tellExpiries(instant());
  heartbeat();
  const expired = await expireEverywhere(instant());
  heartbeat();
  const ended = await endTiers(instant());
  heartbeat();
  const left = await cancelLeft(instant());
  heartbeat();
  return (
    told +
    expired +
    ended +
    left +
    (await forgetKeys(AT_ONCE)) +
    (await forgetAnswers(AT_ONCE)) +
    (await forgetTurnedAway(AT_ONCE))
  );
}
