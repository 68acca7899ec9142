import { expect, it } from "vitest";
import type { RecipeId } from "@/core/recipes/registry";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { answerTask } from "@/services/tasks/answer";
import { database } from "../harness/database";
import { type Held, RECIPES, type Stage, stage } from "./stage";

await database({ max: 20 });

const DAY = 86_400_000;
/** The month and day in Shanghai, so many days from today, in another year. */
const dayIn = (days: number, year = 1990) =>
  `${year}-${new Date(Date.now() + 8 * 3_600_000 + days * DAY).toISOString().slice(5, 10)}`.replace("-02-29", "-02-28");
const ago = (days: number) => sql`now() - ${`${days} days`}::interval`;
const order = (properties: Record<string, unknown> = {}) => ({
  order_id: crypto.randomUUID(),
  amount: 5_000,
  ...properties,
});
const basket = (category: string) => order({ items: [{ sku: "1", category, price: 5_000, quantity: 1 }] });

type Way = { tier?: string; goes(s: Stage): Promise<void>; comesTo: Partial<Held> };

/** Every recipe, and how a member goes through it: what happens, and what it then has given and said. */
const WAYS: Record<RecipeId, Record<string, Way>> = {
  welcome: {
    "uses the coupon": {
      goes: async (s) => {
        await s.tell("signed_up");
        await s.redeems();
      },
      comesTo: { coupons: ["welcome"], messages: ["sms", "email"], tags: ["first coupon used"], state: "done" },
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
      comesTo: { coupons: ["gold"], messages: ["sms", "email"], points: 100, tags: ["coupon user"], state: "done" },
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
  "bought-a-not-b": {
    "buys the other with the coupon": {
      goes: async (s) => {
        await s.tell("order_paid", basket("skincare"));
        await s.passes();
        await s.tell("order_paid", basket("make-up"));
      },
      comesTo: { coupons: ["bundle"], messages: ["sms"], state: "goal" },
    },
    "buys the other anyway": {
      goes: async (s) => {
        await s.tell("order_paid", basket("skincare"));
        await s.tell("order_paid", basket("make-up"));
      },
      comesTo: { coupons: [], messages: [], state: "goal" },
    },
  },
  "abandoned-cart": {
    "leaves it": {
      goes: async (s) => {
        await s.tell("cart_updated", { action: "added" });
        for (let i = 0; i < 3; i++) await s.passes();
      },
      comesTo: { coupons: ["cart"], messages: ["push", "sms"], state: "done" },
    },
    "orders after the push": {
      goes: async (s) => {
        await s.tell("cart_updated", { action: "added" });
        await s.passes();
        await s.tell("order_paid", order());
      },
      comesTo: { coupons: [], messages: ["push"], state: "goal" },
    },
  },
  "baby-formula": {
    "runs low": {
      goes: async (s) => {
        await s.tell("order_paid", basket("baby"));
        await s.passes();
      },
      comesTo: { coupons: ["formula"], messages: ["email"], state: "done" },
    },
    "wants no such offers by then": {
      goes: async (s) => {
        await s.tell("order_paid", basket("baby"));
        await peek(
          sql`INSERT INTO tag (workspace_id, name) SELECT workspace_id, 'no baby offers' FROM member WHERE id = ${s.member}`,
        );
        await peek(
          sql`INSERT INTO member_tag (workspace_id, member_id, tag, source) SELECT workspace_id, id, 'no baby offers', 'test' FROM member WHERE id = ${s.member}`,
        );
        await s.passes();
      },
      comesTo: { coupons: [], messages: [], state: "done" },
    },
  },
  "dinner-then-cinema": {
    "goes to the cinema": {
      goes: async (s) => {
        await s.tell("order_paid", order({ category: "dining", amount: 20_000 }));
        await s.redeems();
      },
      comesTo: { coupons: ["there"], messages: ["sms"], state: "goal" },
    },
  },
  "clothes-then-coffee": {
    "has a coffee": {
      goes: async (s) => {
        await s.tell("order_paid", order({ category: "clothing" }));
        await s.redeems();
      },
      comesTo: { coupons: ["there"], messages: ["sms"], state: "goal" },
    },
  },
  "traveller-bundle": {
    "uses one of them": {
      goes: async (s) => {
        await s.tell("order_paid", order({ category: "hotel" }));
        await s.redeems();
      },
      comesTo: { coupons: ["ticket", "meal"], messages: ["sms"], state: "goal" },
    },
  },
  "adviser-booking": {
    "books after the reminder": {
      goes: async (s) => {
        await s.set(sql`spent = 1000000`);
        await s.tell("order_paid", order());
        await s.passes();
        await s.tell("appointment_booked");
      },
      comesTo: { messages: ["email", "sms"], tags: ["has an adviser"], state: "done" },
    },
  },
  "course-renewal": {
    "enrols after the reminder": {
      goes: async (s) => {
        const ends = dayIn(14, new Date(Date.now() + 14 * DAY).getUTCFullYear());
        await s.set(sql`attributes = jsonb_build_object('course_ends', ${ends}::text)`);
        await s.comes();
        await s.passes();
        await s.tell("order_paid", order());
      },
      comesTo: { coupons: ["next"], messages: ["sms", "push"], state: "goal" },
    },
  },
  valentine: {
    "is gold": {
      tier: "gold",
      goes: (s) => s.comes(),
      comesTo: { coupons: ["two"], messages: ["sms"], state: "done" },
    },
    "is not": { goes: (s) => s.comes(), comesTo: { coupons: ["others"], messages: ["sms"], state: "done" } },
  },
  "flash-sale": {
    orders: {
      goes: async (s) => {
        await s.comes();
        await s.passes();
        await s.tell("order_paid", order());
      },
      comesTo: { messages: ["push"], state: "goal" },
    },
  },
  tasting: {
    "signs up after the reminder": {
      tier: "silver",
      goes: async (s) => {
        await s.comes();
        await s.passes();
        await s.tell("tasting_signed_up");
      },
      comesTo: { coupons: ["ticket"], messages: ["sms", "push", "sms"], state: "done" },
    },
  },
  "visit-survey": {
    "is unhappy": {
      goes: async (s) => {
        await s.tell("store_visit", { store: "S1" });
        await s.passes();
        await answers(s, 1);
        await s.completes("goodwill");
        await s.decides("approved");
      },
      comesTo: { coupons: ["goodwill"], messages: ["sms", "sms"], state: "done" },
    },
    "is happy": {
      goes: async (s) => {
        await s.tell("store_visit", { store: "S1" });
        await s.passes();
        await answers(s, 5);
      },
      comesTo: { coupons: [], messages: ["sms"], state: "done" },
    },
  },
  complaint: {
    "is closed": {
      goes: async (s) => {
        await s.tell("complaint_opened", { complaint_id: "1" });
        await s.tell("complaint_closed", { complaint_id: "2" });
        expect((await s.held()).step).toBe("closed.start");
        await s.tell("complaint_closed", { complaint_id: "1" });
        await s.passes();
      },
      comesTo: { coupons: ["goodwill"], messages: ["sms", "sms"], state: "done" },
    },
    "is settled by the store": {
      goes: async (s) => {
        await s.tell("complaint_opened", { complaint_id: "1" });
        await s.passes();
        await s.completes("settled");
      },
      comesTo: { coupons: ["goodwill"], messages: ["sms", "sms"], state: "done" },
    },
  },
  "contact-check": {
    "does not answer": {
      goes: async (s) => {
        await s.comes();
        await s.passes();
      },
      comesTo: { messages: ["email"], tags: ["contact unconfirmed"], state: "done" },
    },
    confirms: {
      goes: async (s) => {
        await s.comes();
        await s.tell("identified");
      },
      comesTo: { messages: ["email"], tags: [], state: "done" },
    },
  },
};

it.each(RECIPES.flatMap((id) => Object.entries(WAYS[id]).map(([what, way]) => ({ id, what, way }))))(
  "$id: a member who $what",
  async ({ id, way: { tier, goes, comesTo } }) => {
    const s = await stage(id, { ...(tier && { tier }) });
    await goes(s);
    expect(await s.held()).toMatchObject(comesTo);
  },
);

/** Was a regular until so many days ago, and the clock sees it. */
async function goneSilent(s: Stage, days: number, more = sql``): Promise<void> {
  await s.set(
    sql`last_visit_at = ${ago(10)}, last_order_at = ${ago(10)}, last_seen_at = ${ago(10)}, joined_at = ${ago(400)}${more}`,
  );
  await s.comes();
  expect((await s.held()).state).toBe("none");
  await s.set(sql`last_visit_at = ${ago(days)}, last_order_at = ${ago(days)}, last_seen_at = ${ago(days)}`);
  await s.comes();
}

async function answers(s: Stage, rating: number): Promise<void> {
  const done = await call(answerTask, s.actor(), { task: await s.task(), answers: { rating } });
  expect(done).toMatchObject({ ok: true });
  await s.settle();
}
