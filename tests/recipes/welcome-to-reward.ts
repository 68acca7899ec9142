import { peek, sql } from "@/platform/db";
import { ago, dayIn, goneSilent, order, type Way } from "./way";

/** How a member goes through the recipes that welcome, celebrate, win back and reward. */
export const WELCOME_TO_REWARD = {
  welcome: {
    "uses the coupon": {
      goes: async (s) => {
        await s.tell("signed_up");
        await s.redeems();
      },
      comesTo: { coupons: ["welcome"], messages: ["sms", "email"], tags: ["first coupon used"], state: "goal" },
    },
    "does not use it": {
      goes: async (s) => {
        await s.tell("signed_up");
        await s.passes();
      },
      comesTo: { messages: ["sms", "email", "push"], tags: [], state: "done" },
    },
  },
  "complete-profile": {
    "completes it after the reminder": {
      goes: async (s) => {
        await s.tell("signed_up");
        await s.passes();
        await s.tell("profile_completed");
      },
      comesTo: { messages: ["push"], points: 50, state: "done" },
    },
    "completes it at once": {
      goes: async (s) => {
        await s.tell("signed_up");
        await s.tell("profile_completed");
      },
      comesTo: { messages: [], points: 50, state: "done" },
    },
  },
  "another-store": {
    "buys at home, elsewhere, and at home again": {
      goes: async (s) => {
        for (const store of ["S1", "S2", "S1"]) await s.tell("order_paid", order({ store }));
      },
      comesTo: { coupons: ["again"], messages: ["sms"], state: "done" },
    },
  },
  "trial-lesson": {
    "enrols with the coupon": {
      goes: async (s) => {
        await s.tell("trial_lesson_attended");
        await s.passes();
        await s.tell("order_paid", order());
      },
      comesTo: { coupons: ["enrol"], messages: ["sms", "sms"], state: "goal" },
    },
    "enrols at once": {
      goes: async (s) => {
        await s.tell("trial_lesson_attended");
        await s.tell("order_paid", order());
      },
      comesTo: { coupons: [], messages: ["sms"], state: "goal" },
    },
  },
  "birthday-discount": {
    "orders in time": {
      goes: async (s) => {
        await s.set(sql`birthday = ${dayIn(3)}::date`);
        await s.comes();
        await s.tell("order_paid", order());
      },
      comesTo: { coupons: ["birthday"], messages: ["sms", "email"], points: 100, state: "done" },
    },
  },
  "points-expiring": {
    "lets them be": {
      goes: async (s) => {
        await s.tell("points_expiring", { points: 300, balance: 500, last_day: "2099-12-31", days_left: 30 });
        await s.passes();
      },
      comesTo: { messages: ["email", "push"], state: "done" },
    },
    "spends some": {
      goes: async (s) => {
        await s.tell("points_expiring", { points: 300, balance: 500, last_day: "2099-12-31", days_left: 30 });
        await s.tell("points_spent", { points: 100, balance: 400 });
      },
      comesTo: { messages: ["email"], state: "goal" },
    },
    "is told a week before only": {
      goes: (s) => s.tell("points_expiring", { points: 300, balance: 500, last_day: "2099-12-31", days_left: 7 }),
      comesTo: { messages: [], state: "none" },
    },
  },
  "coupon-expiring": {
    "uses it": {
      goes: async (s) => {
        await s.tell("coupon_expiring", {
          coupon_id: "c1",
          offer: "5 off",
          code: "A1",
          expires_at: "2099-12-31T00:00:00Z",
          days_left: 3,
        });
        await s.tell("coupon_redeemed", { coupon_id: "c2" });
        await s.tell("coupon_redeemed", { coupon_id: "c1" });
      },
      comesTo: { messages: ["sms"], state: "goal" },
    },
    "lets it go": {
      goes: async (s) => {
        await s.tell("coupon_expiring", {
          coupon_id: "c1",
          offer: "5 off",
          code: "A1",
          expires_at: "2099-12-31T00:00:00Z",
          days_left: 3,
        });
        await s.passes();
      },
      comesTo: { messages: ["sms"], state: "done" },
    },
  },
  "birthday-gift": {
    "has a birthday": {
      goes: async (s) => {
        await s.set(sql`birthday = ${dayIn(0)}::date`);
        await s.comes();
      },
      comesTo: { coupons: ["gift", "party"], messages: ["sms"], state: "done" },
    },
  },
  anniversary: {
    "joined two years ago": {
      goes: async (s) => {
        await s.set(sql`joined_at = ${`${dayIn(0, new Date().getUTCFullYear() - 2)}T04:00:00Z`}::timestamptz`);
        await s.comes();
      },
      comesTo: { coupons: ["thanks"], messages: ["email"], points: 100, state: "done" },
    },
    "joined today": { goes: (s) => s.comes(), comesTo: { coupons: [], state: "none" } },
  },
  "thirty-days-away": {
    "stays away": {
      goes: async (s) => {
        await goneSilent(s, 31);
        await s.passes();
      },
      comesTo: { coupons: ["back"], messages: ["sms", "push"], state: "done" },
    },
    "comes to a store": {
      goes: async (s) => {
        await goneSilent(s, 31);
        await s.tell("store_visit");
        await s.passes();
      },
      comesTo: { messages: ["sms"], state: "exited" },
    },
  },
  "thirty-days-no-purchase": {
    "visits, but buys nothing": {
      goes: async (s) => {
        await goneSilent(s, 31);
        await s.tell("store_visit");
        await s.passes();
      },
      comesTo: { coupons: ["back"], messages: ["sms", "push"], state: "done" },
    },
    "buys online": {
      goes: async (s) => {
        await goneSilent(s, 31);
        await s.tell("order_paid", order({ channel: "online" }));
        await s.passes();
      },
      comesTo: { messages: ["sms"], state: "exited" },
    },
  },
  "half-year-away": {
    "lets it pass": {
      tier: "gold",
      goes: async (s) => {
        await goneSilent(s, 183);
        await s.passes();
      },
      comesTo: { coupons: ["back"], messages: ["sms", "sms"], tier: "basic", state: "done" },
    },
    "comes back": {
      tier: "gold",
      goes: async (s) => {
        await goneSilent(s, 183);
        await s.tell("order_paid", order());
      },
      comesTo: { messages: ["sms"], tier: "gold", state: "exited" },
    },
  },
  "rich-in-points": {
    "uses the voucher": {
      goes: async (s) => {
        await s.set(sql`last_seen_at = ${ago(61)}`);
        await peek(sql`
          INSERT INTO points_account (workspace_id, member_id, balance) SELECT workspace_id, id, 2000 FROM member WHERE id = ${s.member}`);
        await s.comes();
        await s.redeems();
      },
      comesTo: { coupons: ["exclusive"], messages: ["email"], state: "goal" },
    },
    "has few points": {
      goes: async (s) => {
        await s.set(sql`last_seen_at = ${ago(61)}`);
        await s.comes();
      },
      comesTo: { coupons: [], state: "none" },
    },
  },
  "high-value-at-risk": {
    "cannot be reached": {
      goes: async (s) => {
        await goneSilent(s, 46, sql`, spent = 200000`);
        await s.completes("not_reached");
      },
      comesTo: { coupons: ["back"], messages: ["sms", "sms"], state: "done" },
    },
    "comes before the call": {
      goes: async (s) => {
        await goneSilent(s, 46, sql`, spent = 200000`);
        await s.tell("check_in");
      },
      comesTo: { messages: ["sms"], state: "exited" },
    },
  },
  "big-order": {
    "is gold, and uses it": {
      tier: "gold",
      goes: async (s) => {
        await s.tell("order_paid", order({ amount: 10_000 }));
        await s.redeems();
      },
      comesTo: { coupons: ["gold"], messages: ["sms", "email"], points: 100, tags: ["coupon user"], state: "goal" },
    },
    "is not, and does not": {
      goes: async (s) => {
        await s.tell("order_paid", order({ amount: 10_000 }));
        await s.passes();
      },
      comesTo: { coupons: ["others"], messages: ["sms", "email", "push"], points: 0, state: "done" },
    },
  },
  "tier-reached": {
    "rises to gold": {
      goes: (s) => s.tell("tier_changed", { tier: "gold", previous: "silver" }),
      comesTo: { coupons: ["gold"], messages: ["push", "email"], points: 200, state: "done" },
    },
    "rises to silver": {
      goes: (s) => s.tell("tier_changed", { tier: "silver", previous: "basic" }),
      comesTo: { coupons: ["silver"], messages: ["push", "email"], points: 0, state: "done" },
    },
    "falls to silver": {
      goes: (s) => s.tell("tier_changed", { tier: "silver", previous: "gold" }),
      comesTo: { coupons: [], state: "none" },
    },
  },
  "check-in-streak": {
    "seven days, eight, thirty": {
      goes: async (s) => {
        for (const streak of [7, 8, 30]) await s.tell("check_in", { streak });
      },
      comesTo: { coupons: ["month"], messages: ["push", "push"], points: 50, state: "done" },
    },
  },
  "member-day": {
    "is told": {
      goes: async (s) => {
        await s.publish();
        await peek(
          sql`UPDATE plan SET body = jsonb_set(body, '{entry,date,monthly}', to_jsonb(${Number(dayIn(0).slice(8))}::int)) WHERE workspace_id = (SELECT workspace_id FROM member WHERE id = ${s.member})`,
        );
        await s.comes();
        await s.passes();
      },
      comesTo: { coupons: ["day"], messages: ["push"], state: "done" },
    },
  },
} satisfies Record<string, Record<string, Way>>;
