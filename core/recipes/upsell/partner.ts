import type { Rule } from "../../rules/rule";
import type { Text } from "../../text";
import { coupon, couponSms, draw, goal, onEvent, waitForRedemption } from "../drawing";
import type { Recipe, RecipeOffer, Say } from "../recipe";

/** An order here → a coupon for somewhere else, at most once in so many days; its use is the goal. */
export const partner = (
  { when, every, within }: { when(say: Say): Rule; every: number; within: string },
  offer: RecipeOffer,
  text: Text,
  told: Pick<Recipe, "name" | "about" | "packs">,
): Recipe<"there"> => ({
  ...told,
  purpose: "upsell",
  offers: { there: offer },
  document: (offers, say) =>
    draw({
      name: say(told.name),
      nodes: [
        onEvent("paid", "order_paid", when(say)),
        coupon("gift", offers.there),
        couponSms("sms", text),
        waitForRedemption("used", within),
        goal("visited"),
      ],
      wires: ["paid.next → gift", "gift.granted → sms", "sms.next → used", "used.happened → visited"],
      settings: { reentry: { is: "every", days: every } },
    }),
});
