import { heartbeat } from "@temporalio/activity";
import { type Chore, FIRST_CHORES } from "@/core/plan/upkeep";
import { instant } from "@/platform/clock";
import { forgetAnswers } from "@/services/access/forget-answers";
import { forgetOldAttempts } from "@/services/access/sign-in-attempts";
import { forgetTurnedAway } from "@/services/engine/entering/turn-away";
import { foldHours } from "@/services/engine/fold-hours";
import { tellExpiries } from "@/services/expiry/tell-expiries";
import { forgetKeys } from "@/services/intake/forget-keys";
import { endTiers } from "@/services/members/end-tiers";
import { forgetHours } from "@/services/messages/forget-hours";
import { expireEverywhere } from "@/services/points/expire-everywhere";
import { cancelLeft } from "@/services/tasks/cancel-left";

const AT_ONCE = 10_000;
const BEAT_MS = 5000;

/** One bounded share of each: coupons and points near their end, points and tiers past their last day, what is past its keeping. */
const shares = {
  tellExpiries: () => tellExpiries(instant()),
  expirePoints: () => expireEverywhere(instant()),
  endTiers: () => endTiers(instant()),
  cancelTasks: () => cancelLeft(instant()),
  forgetKeys: () => forgetKeys(AT_ONCE),
  forgetAnswers: () => forgetAnswers(AT_ONCE),
  forgetTurnedAway: () => forgetTurnedAway(AT_ONCE),
  forgetAttempts: () => forgetOldAttempts(AT_ONCE),
  forgetMessageHours: () => forgetHours(AT_ONCE),
  foldHours: () => foldHours(AT_ONCE),
} satisfies Record<Chore, () => Promise<number>>;

/** A share of one chore; without a name one of each, for workflows that began before chores had names. 0 = nothing is left. */
export async function upkeepShare(chore?: Chore): Promise<number> {
  const beating = setInterval(heartbeat, BEAT_MS);
  try {
    if (chore) return await shares[chore]();
    let done = 0;
    for (const each of FIRST_CHORES) done += await shares[each]();
    return done;
  } finally {
    clearInterval(beating);
  }
}
