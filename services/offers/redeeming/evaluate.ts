import { z } from "zod";
import { Instant } from "@/core/instant";
import { OfferNames } from "@/core/loyalty/offer-name";
import { verdictOf } from "@/core/loyalty/verdict";
import { ok, refuse } from "@/core/refusals";
import { Words } from "@/core/words";
import { sql } from "@/platform/db";
import { survivorOf } from "../../access/survivor";
import { type Call, useCase } from "../../access/use-case";
import { couponNamed, noCoupon } from "../coupon-view";
import { CouponName } from "../coupons";
import { type CouponRow, heldCoupons } from "../held";
import { basketInput, readBasket } from "./basket";
import { besideOthers, couponsOf } from "./order-coupons";

const Evaluate = z
  .strictObject({ code: CouponName.optional(), member: z.uuid().optional(), ...basketInput })
  .refine((input) => input.code !== undefined || input.member !== undefined, {
    message: "give a coupon's code, or a member",
    path: ["code"],
  });

const Choice = z.object({
  coupon: z.string(),
  code: z.string(),
  offer: z.string(),
  name: z.string(),
  names: OfferNames,
  member: z.string(),
  expiresAt: Instant.nullable(),
  applies: z.boolean(),
  discount: z.int(),
  payable: z.int(),
  reason: z.string().nullable().describe("why it does not apply, as a code"),
  says: Words.nullable().describe("the same, to be read out"),
});
type Choice = z.infer<typeof Choice>;

/** Coupons shown at most: no till reads more aloud. */
const MOST = 50;

/** What a coupon, or each coupon a member still has, would do to this basket: best first (lowest payable, then earliest end). */
export const evaluate = useCase({
  may: "coupon.read",
  input: Evaluate,
  output: z.object({ amount: z.int(), best: Choice.nullable(), choices: z.array(Choice) }),
  says: "What coupons do to a basket, best first, and why the others do not apply",
  async run({ tx, actor: { workspace }, now }: Call, input) {
    const till = await readBasket(tx, workspace, input);
    if (!till.ok) return till;
    const { basket, place } = till.value;
    const member = input.member === undefined ? undefined : await survivorOf(tx, workspace, input.member);
    if (input.code === undefined && member === undefined) return refuse("not_found", "no such member", ["member"]);
    const where =
      input.code === undefined ? sql`c.member_id = ${member} AND c.state = 'issued'` : couponNamed(input.code);
    const order = { orderRef: input.orderRef, store: basket.store, zone: place.zone };
    const others = await couponsOf(tx, workspace, order, now);
    // A named coupon in whatever state, so that the reason can be told; of a member only those that could still be used.
    const coupons = where ? await heldCoupons(tx, workspace, where, MOST, now) : [];
    const first = coupons[0];
    if (input.code !== undefined && !first) return noCoupon(where, ["code"]);
    if (input.code !== undefined && input.member !== undefined && first?.member !== member)
      return refuse("coupon_of_other_member", "this coupon is another member's", ["member"]);

    const choices = coupons
      .map((coupon): Choice => {
        const verdict = besideOthers(verdictOf(coupon, basket, now, place), others, coupon.terms);
        const { id, code, offer, name, names, member, expiresAt } = coupon;
        return {
          coupon: id,
          code,
          offer,
          name,
          names,
          member,
          expiresAt,
          applies: verdict.applies,
          discount: verdict.applies ? verdict.discount : 0,
          payable: verdict.applies ? verdict.payable : basket.amount,
          reason: verdict.applies ? null : verdict.reason,
          says: verdict.applies ? null : verdict.says,
        };
      })
      .sort(byWorth);
    return ok({ amount: basket.amount, best: choices.find((choice) => choice.applies) ?? null, choices });
  },
});

const end = ({ expiresAt }: Pick<CouponRow, "expiresAt">): number => expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
const byWorth = (a: Choice, b: Choice): number =>
  Number(b.applies) - Number(a.applies) || a.payable - b.payable || (end(a) === end(b) ? 0 : end(a) - end(b));
