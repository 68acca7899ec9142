import { expect } from "vitest";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { answerTask } from "@/services/tasks/answer";
import type { Stage } from "./stage";
import { basket, DAY, dayIn, order, type Way } from "./way";

/** How a member goes through the recipes that sell, tell and care. */
export const UPSELL_TO_SERVICE = {
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
} satisfies Record<string, Record<string, Way>>;

async function answers(s: Stage, rating: number): Promise<void> {
  const done = await call(answerTask, s.actor(), { task: await s.task(), answers: { rating } });
  expect(done).toMatchObject({ ok: true });
  await s.settle();
}
