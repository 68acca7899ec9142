import { expect, it } from "vitest";
import type { Rule } from "./rule";
import { inWords } from "./words";

const cases: [Rule, string, string][] = [
  [{ field: "event.amount", is: "gte", value: 10_000 }, "Amount is at least ¥100", "金额不低于¥100"],
  [
    {
      all: [
        { field: "event.amount", is: "gt", value: 9_950 },
        {
          any: [
            { field: "member.tier", is: "eq", value: "gold" },
            { field: "member.tags", is: "contains", value: "vip" },
          ],
        },
      ],
    },
    "Amount is over ¥99.50 and (Tier is Gold or Tags includes “vip”)",
    "金额大于¥99.50且（等级为金卡或标签包含“vip”）",
  ],
  [
    { field: "event.store", is: "eq", value: { field: "entry.store" } },
    "Store is the starting event's Store",
    "门店为触发事件的门店",
  ],
  [
    { field: "event.coupon_id", is: "in", value: { field: "coupon.ids" } },
    "Coupon is one of Coupons of this run",
    "优惠券属于本次发放的所有优惠券",
  ],
  [
    { not: { field: "member.attributes.district", is: "in", value: ["Pudong", "Jing'an"] } },
    "not district is one of “Pudong”, “Jing'an”",
    "非district属于“Pudong”、“Jing'an”",
  ],
  [
    { did: "visit", measure: "count", is: "lt", value: 1, days: 30 },
    "Visit: not in the last 30 days",
    "最近30天没有到店",
  ],
  [
    { did: "purchase", measure: "amount", is: "gte", value: 50_000 },
    "Purchase: at least ¥500 ever",
    "累计购买至少¥500",
  ],
  [
    { field: "member.joined_at", is: "between", value: ["2026-01-01", "2026-02-01"] },
    "Joined is from 2026-01-01 to 2026-02-01",
    "入会时间介于2026-01-01至2026-02-01",
  ],
  [{ all: [] }, "always", "总是"],
];

it.each(cases)("says %j", (rule, en, zh) => {
  const naming = {
    event: JSON.stringify(rule).includes("coupon_id") ? "coupon_redeemed" : "order_paid",
    entry: "order_paid",
  };
  expect(inWords(rule, "en", naming)).toBe(en);
  expect(inWords(rule, "zh-CN", naming)).toBe(zh);
});

it("keeps signs of the author's text as they are", () => {
  expect(inWords({ field: "member.name", is: "eq", value: "$& {v} $1" }, "en")).toBe("Name is “$& {v} $1”");
});
