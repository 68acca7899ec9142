import fc from "fast-check";
import { expect, it } from "vitest";
import { OPERATORS } from "./fields";
import type { Rule } from "./rule";
import { comparedInWords, inWords } from "./words";

const cases: [Rule, string, string][] = [
  [{ field: "event.amount", is: "gte", value: 10_000 }, "Amount is at least ¥100", "金额不低于 ¥100"],
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
    "金额大于 ¥99.50 且（等级为金卡或标签包含“vip”）",
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
    "非 district 属于“Pudong”、“Jing'an”",
  ],
  [
    { did: "visit", measure: "count", is: "lt", value: 1, days: 30 },
    "Visit: not in the last 30 days",
    "最近 30 天没有到店",
  ],
  [
    { did: "purchase", measure: "amount", is: "gte", value: 50_000 },
    "Purchase: at least ¥500 ever",
    "累计购买至少 ¥500",
  ],
  [
    { field: "member.joined_at", is: "between", value: ["2026-01-01", "2026-02-01"] },
    "Joined is from Jan 1, 2026 to Feb 1, 2026",
    "入会时间介于 2026年1月1日至 2026年2月1日",
  ],
  [{ field: "member.birthday", is: "eq", value: "1992-02-29" }, "Birthday is Feb 29, 1992", "生日为 1992年2月29日"],
  [
    { field: "member.joined_at", is: "after", value: "last spring" },
    "Joined is after last spring",
    "入会时间晚于 last spring",
  ],
  [
    { did: "purchase", measure: "count", is: "gte", value: 1, days: 1 },
    "Purchase: at least once in the last day",
    "最近 1 天购买至少 1 次",
  ],
  [
    { did: "purchase", measure: "count", is: "gte", value: 2, days: 30 },
    "Purchase: at least 2 times in the last 30 days",
    "最近 30 天购买至少 2 次",
  ],
  [{ did: "purchase", measure: "count", is: "lt", value: 3 }, "Purchase: fewer than 3 times ever", "累计购买少于 3 次"],
  [
    { field: "member.last_visit_at", is: "within_days", value: 1 },
    "Last visit is in the last day",
    "最近到店在最近 1 天内",
  ],
  [
    { field: "member.last_visit_at", is: "not_within_days", value: 1 },
    "Last visit is over a day ago",
    "最近到店超过 1 天",
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

it("writes an instant in the caller's zone, and says so when it is told none", () => {
  const rule: Rule = { field: "member.joined_at", is: "before", value: "2026-01-31T20:30:00Z" };
  const said = (zone?: string) => inWords(rule, "en", zone === undefined ? {} : { zone });
  expect(said("Asia/Shanghai")).toBe("Joined is before Feb 1, 2026, 04:30");
  expect(said()).toBe("Joined is before Jan 31, 2026, 20:30 UTC");
});

it("keeps signs of the author's text as they are", () => {
  expect(inWords({ field: "member.name", is: "eq", value: "$& {v} $1" }, "en")).toBe("Name is “$& {v} $1”");
});

const compared: [unknown, string, string][] = [
  [{ a: 1 }, 'The parcel is {"a":1}', 'The parcel 为{"a":1}'],
  [{ field: "member.tier" }, 'The parcel is {"field":"member.tier"}', 'The parcel 为{"field":"member.tier"}'],
  [[{ a: 1 }, "b", 2], 'The parcel is {"a":1}, “b”, 2', 'The parcel 为{"a":1}、“b”、2'],
  [null, "The parcel is (no value to compare with)", "The parcel 为（没有可比较的值）"],
  ["x".repeat(20_000), `The parcel is “${"x".repeat(300)}…”`, `The parcel 为“${"x".repeat(300)}…”`],
];
it.each(compared)("says a value that was compared as it is, and refers to nothing by it: %j", (value, en, zh) => {
  const parcel = { field: "event.The parcel", is: "eq", value } as const;
  expect(comparedInWords(parcel, "en")).toBe(en);
  expect(comparedInWords(parcel, "zh-CN")).toBe(zh);
});

it("writes an instant that a typed field gave as an instant, and days to look back as a number", () => {
  const joined = { field: "member.joined_at", value: Date.UTC(2026, 0, 31) };
  expect(comparedInWords({ ...joined, is: "eq" }, "en", { zone: "UTC" })).toBe("Joined is Jan 31, 2026, 00:00");
  expect(comparedInWords({ ...joined, is: "within_days", value: 30 }, "en")).toBe("Joined is in the last 30 days");
});

it("has words, and short ones, for any JSON value under any comparison of any kind of field", () => {
  const field = fc.constantFrom(
    "event.o",
    "event.amount",
    "entry.order_id",
    "member.joined_at",
    "member.tier",
    "member.coupons",
  );
  const is = fc.constantFrom(...new Set(Object.values(OPERATORS).flat()));
  fc.assert(
    fc.property(field, is, fc.jsonValue(), fc.constantFrom("en", "zh-CN"), (field, is, value, locale) => {
      const said = comparedInWords({ field, is, value }, locale, { event: "order_paid", entry: "order_paid" });
      expect(said).not.toMatch(/\[object |undefined|NaN/);
      expect(said.length).toBeLessThan(31 * 330);
    }),
  );
});
