import { draw, onEvent, points, push, waitFor } from "../drawing";
import type { Recipe } from "../recipe";

/** Sign-up → points for a complete profile; one reminder to those who have not told it in three days. */
export const completeProfile: Recipe = {
  name: { en: "Complete your profile", "zh-CN": "完善资料有礼" },
  about: {
    en: "50 points for a complete profile; who has not told it three days after joining is reminded once.",
    "zh-CN": "完善资料即得 50 积分；入会三天仍未完善的会员提醒一次。",
  },
  purpose: "welcome",
  packs: ["retail", "restaurants", "education"],
  offers: {},
  document: (_, say) =>
    draw({
      name: say(completeProfile.name),
      nodes: [
        onEvent("joined", "signed_up"),
        waitFor(
          "soon",
          say({ en: "Complete within 3 days?", "zh-CN": "3 天内完善资料？" }),
          "profile_completed",
          "P3D",
        ),
        push(
          "nudge",
          { en: "50 points for two minutes", "zh-CN": "完善资料，领50积分" },
          {
            en: "Tell us your birthday and what you like: we send what suits you, and 50 points.",
            "zh-CN": "填写生日和喜好，生日有惊喜，还送您50积分。",
          },
        ),
        waitFor("later", say({ en: "Complete after all?", "zh-CN": "提醒后完善？" }), "profile_completed", "P14D"),
        points("thanks", 50, say({ en: "complete profile", "zh-CN": "完善资料" })),
      ],
      wires: [
        "joined.next → soon",
        "soon.happened → thanks",
        "soon.timeout → nudge",
        "nudge.next → later",
        "later.happened → thanks",
      ],
      settings: { reentry: { is: "once" } },
    }),
};
