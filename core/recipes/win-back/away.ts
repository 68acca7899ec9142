import { coupon, couponSms, draw, onInactivity, push } from "../drawing";
import type { Recipe, RecipeOffer } from "../recipe";

/**
 * Nobody seen, or nothing bought, for so many days → a coupon and an SMS, a push a week later. Once a spell; the trigger lets whoever
 * comes back leave at once, so that none of them is reminded.
 */
export const away = (
  of: "visit" | "purchase",
  days: number,
  back: RecipeOffer,
  told: Pick<Recipe, "name" | "about" | "packs">,
): Recipe<"back"> => ({
  ...told,
  purpose: "win-back",
  offers: { back },
  document: (offers, say) =>
    draw({
      name: say(told.name),
      nodes: [
        onInactivity("away", of, days),
        coupon("gift", offers.back),
        couponSms("sms", {
          en: "We miss you, {{ member.name }}! For your return:",
          "zh-CN": "{{ member.name }}，好久不见！送您",
        }),
        { id: "week", kind: "delay", config: { for: "P7D" } },
        push(
          "reminder",
          { en: "Your coupon still waits", "zh-CN": "您的优惠券还没用" },
          {
            en: "{{ coupon.name }}: until {{ coupon.expires_at | date }}",
            "zh-CN": "{{ coupon.name }}，{{ coupon.expires_at | date }}前有效，期待您的光临",
          },
        ),
      ],
      wires: ["away.next → gift", "gift.granted → sms", "sms.next → week", "week.next → reminder"],
    }),
});
