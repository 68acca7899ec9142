import { z } from "zod";
import type { Effect } from "../effects/effect";
import type { NodeKind, Port } from "../kind";
import { field } from "../parts/field";
import type { Problem } from "../problem";

export const Grant = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("coupon"), offer: z.uuid("choose an offer") }),
  z.strictObject({
    is: z.literal("points"),
    points: z.int("say how many points").min(1).max(1_000_000),
    reason: z.string().trim().max(120).optional(),
  }),
]);
export type Grant = z.infer<typeof Grant>;

/** Coupons and points of one reward, together. */
export const MOST_GRANTS = 4;

const Config = z.strictObject({
  grants: field(z.array(Grant).max(MOST_GRANTS), {
    field: "grants",
    label: { en: "Grants", "zh-CN": "奖励" },
    help: { en: "All of them or none, in one transaction.", "zh-CN": "同一事务内全部发放，或全部不发放。" },
  }),
});
type Config = z.infer<typeof Config>;

const GRANTED: Port = { id: "granted", name: { en: "granted", "zh-CN": "已发放" }, tone: "yes" };
const OUT_OF_STOCK: Port = {
  id: "out_of_stock",
  name: { en: "out of stock", "zh-CN": "库存不足" },
  about: {
    en: "Of one of its coupons none is left; nothing was given.",
    "zh-CN": "其中有优惠券已发完，本次未发放任何内容。",
  },
  tone: "no",
  isRare: true,
};
const OVER_CAP: Port = {
  id: "over_cap",
  name: { en: "over the cap", "zh-CN": "超过上限" },
  about: {
    en: "The member has as many of one of its coupons as the offer allows; nothing was given.",
    "zh-CN": "会员领取其中某种优惠券已达上限，本次未发放任何内容。",
  },
  tone: "no",
  isRare: true,
};
const HELD: Port = {
  id: "held",
  name: { en: "held by risk", "zh-CN": "风控暂扣" },
  about: { en: "A risk rule held it back; nothing was given.", "zh-CN": "被风控规则拦下，本次未发放任何内容。" },
  tone: "no",
  isRare: true,
};
const REFUSED: Port = {
  id: "refused",
  name: { en: "refused", "zh-CN": "未通过" },
  about: {
    en: "It could not be given, for example because the offer is not active.",
    "zh-CN": "无法发放，例如优惠未启用。",
  },
  tone: "no",
  isRare: true,
};

export const reward: NodeKind<Config> = {
  family: "action",
  icon: "gift",
  name: { en: "Reward", "zh-CN": "发放奖励" },
  about: {
    en: "Coupons and points together: all or nothing, never twice, never more than the stock.",
    "zh-CN": "优惠券与积分一并发放：要么全给，要么不给；绝不重复，绝不超发。",
  },
  config: Config,
  // Nothing is given that nobody chose.
  initial: { grants: [] },
  ports: ({ grants }) =>
    grants.some(({ is }) => is === "coupon")
      ? [GRANTED, OUT_OF_STOCK, OVER_CAP, HELD, REFUSED]
      : [GRANTED, HELD, REFUSED],
  says: ({ grants }) => ({
    text:
      grants.length === 0
        ? { en: "Nothing chosen yet", "zh-CN": "尚未选择奖励" }
        : {
            en: grants.map((_, i) => (isCoupon(grants[i]) ? `coupon {g${i}}` : `{g${i}} points`)).join(" + "),
            "zh-CN": grants.map((_, i) => (isCoupon(grants[i]) ? `优惠券{g${i}}` : `{g${i}} 积分`)).join(" + "),
          },
    values: Object.fromEntries(
      grants.map((grant, i) => [
        `g${i}`,
        grant.is === "coupon" ? { as: "offer", offer: grant.offer } : { as: "count", count: grant.points },
      ]),
    ),
    needsKind: true,
  }),
  problems: ({ grants }, _draft, node): Problem[] => (grants.length === 0 ? [givesNothing(node)] : []),
  compile: ({ grants }) => ({
    start: {
      op: "apply",
      effects: grants.map(effectOf),
      done: { port: "granted" },
      refused: {
        ...(grants.some(isCoupon) && {
          out_of_stock: { port: "out_of_stock" },
          over_cap: { port: "over_cap" },
          offer_inactive: { port: "refused" },
        }),
        held: { port: "held" },
        refused: { port: "refused" },
      },
    },
  }),
};

const FIRST_POINTS = 100;

const givesNothing = (node: string): Problem => ({
  code: "reward_empty",
  severity: "error",
  node,
  path: ["grants"],
  says: {
    en: "The reward gives nothing yet: choose coupons, points, or both.",
    "zh-CN": "此奖励尚未设置内容：请选择优惠券、积分，或两者。",
  },
  fix: {
    says: { en: `Give ${FIRST_POINTS} points`, "zh-CN": `发放 ${FIRST_POINTS} 积分` },
    patch: { node, config: { grants: [{ is: "points", points: FIRST_POINTS }] } },
  },
});

const isCoupon = (grant: Grant | undefined) => grant?.is === "coupon";

const effectOf = (grant: Grant): Effect => {
  switch (grant.is) {
    case "coupon":
      return { type: "issueCoupon", offer: grant.offer };
    case "points":
      return { type: "addPoints", points: grant.points, reason: grant.reason || "reward" };
    default:
      return grant satisfies never;
  }
};
