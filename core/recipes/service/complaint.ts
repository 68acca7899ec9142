import { coupon, couponSms, delay, draw, onEvent, sms, staffTask, waitFor } from "../drawing";
import { voucher } from "../offers";
import type { Recipe } from "../recipe";

/** A complaint → we are on it → closed: a day later a goodwill voucher; open after a week: a task for the store, and then the voucher. */
export const complaint: Recipe<"goodwill"> = {
  name: { en: "After a complaint", "zh-CN": "投诉关怀" },
  about: {
    en: "Tells them at once that it is being looked at; a day after it is closed a voucher of 20; a task for the store if it is open for a week.",
    "zh-CN": "受理后立即告知；结案次日送 20 元致歉券；一周未结案则转门店督办。",
  },
  purpose: "service",
  packs: ["retail", "restaurants", "education"],
  offers: {
    goodwill: voucher({ en: "With our apology: 20", "zh-CN": "致歉礼：20元券" }, { amount: 2_000, days: 60 }),
  },
  document: (offers, say) =>
    draw({
      name: say(complaint.name),
      nodes: [
        onEvent("opened", "complaint_opened"),
        sms(
          "received",
          {
            en: "{{ member.name }}, we are sorry. Your complaint is with us, and somebody is looking at it.",
            "zh-CN": "{{ member.name }}，非常抱歉给您带来不便。您的投诉已受理，专人正在处理。",
          },
          { purpose: "service" },
        ),
        waitFor("closed", say({ en: "Closed within a week?", "zh-CN": "一周内结案？" }), "complaint_closed", "P7D", {
          field: "event.complaint_id",
          is: "eq",
          value: { field: "entry.complaint_id" },
        }),
        delay("day", "P1D"),
        coupon("gift", offers.goodwill),
        couponSms("sms", {
          en: "{{ member.name }}, thank you for telling us. With our apology:",
          "zh-CN": "{{ member.name }}，感谢您的反馈与谅解，谨以此表示歉意：",
        }),
        staffTask(
          "overdue",
          say,
          {
            title: {
              en: "Open for a week: complaint of {{ member.name }}",
              "zh-CN": "投诉超 7 天未结：{{ member.name }}",
            },
            instructions: {
              en: "Call the member, settle it, then close the complaint in your system.",
              "zh-CN": "请联系会员妥善处理，并在系统中结案。",
            },
            outcomes: [{ id: "settled", name: { en: "Settled", "zh-CN": "已解决" } }],
          },
          { store: "entry", severity: "high" },
        ),
      ],
      wires: [
        "opened.next → received",
        "received.next → closed",
        "closed.happened → day",
        "day.next → gift",
        "gift.granted → sms",
        "closed.timeout → overdue",
        "overdue.settled → gift",
      ],
      settings: { reentry: { is: "per_key", key: "complaint_id" } },
    }),
};
