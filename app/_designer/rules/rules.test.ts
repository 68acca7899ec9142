import { describe, expect, it } from "vitest";
import type { Literal, Operand, Operator, Rule as RuleType } from "@/core/rules/rule";
import { Rule } from "@/core/rules/schema";
import type { SeenType } from "@/core/rules/seen";
import { readSpan, sayDuration, writeSpan } from "@/core/time/duration-words";
import { money, toMajor, toMinor } from "../money";
import { EMPTY_SHELF } from "../shelf";
import { isFinished, ofMembers } from "./counts/of-members";
import { fieldAt, fieldsIn } from "./fields";
import { endOf, freshLeaf, pairOf, withOperator } from "./fresh";
import { operatorsFor } from "./operators";
import { asRoot, fromRoot, readRule } from "./read";
import { sayRule } from "./say";
import { typeAsked } from "./seen-fields";

const en = { ...EMPTY_SHELF, locale: "en" as const, tiers: [{ id: "gold", name: "Gold" }] };
const zh = { ...en, locale: "zh-CN" as const, tiers: [{ id: "gold", name: "金卡" }] };

describe("the builder's groups", () => {
  it.each([
    [{ all: [] }],
    [{ field: "member.tier", is: "eq" as const, value: "gold" }],
    [
      {
        any: [
          { field: "member.tier", is: "exists" as const },
          { all: [{ did: "order_paid", measure: "count" as const, is: "gte" as const, value: 2 }] },
        ],
      },
    ],
    [{ not: { any: [{ field: "member.name", is: "exists" as const }] } }],
    [{ not: { all: [{ field: "member.name", is: "exists" as const }] } }],
  ])("gives back the rule it was given: %j", (rule) => {
    expect(fromRoot(asRoot(rule))).toEqual(rule);
  });

  it("takes a comparison that nobody knows for no rule, wherever it stands", () => {
    const odd = { field: "member.coupons", is: "has", value: "" };
    expect(readRule(odd)).toEqual({ all: [] });
    expect(readRule({ any: [{ not: odd }] })).toEqual({ all: [] });
    expect(sayRule(odd, en)).toBe("…");
  });

  it("takes anything that is no rule for no condition", () => {
    for (const value of [undefined, null, "x", 3, { all: [{ nonsense: true }] }, []])
      expect(readRule(value)).toEqual({ all: [] });
  });
});

describe("fields", () => {
  it("knows the properties of the event, the entry event and the coupons of the run", () => {
    const paths = fieldsIn({
      event: "coupon_redeemed",
      entry: "order_paid",
      coupons: [{ node: "r", title: "Reward" }],
    }).map((field) => field.path);
    expect(paths).toEqual(
      expect.arrayContaining([
        "event.coupon_id",
        "entry.amount",
        "entry.items.category",
        "member.tier",
        "coupon.id",
        "coupon.ids",
      ]),
    );
  });

  it("has for every field a comparison that the rule's schema takes once it has a value", () => {
    for (const field of fieldsIn({ event: "order_paid", entry: "store_visit", coupons: [{ node: "r", title: "" }] })) {
      const leaf = freshLeaf(field);
      expect(operatorsFor(field)).toContain(leaf.is);
      expect(Rule.safeParse({ ...leaf, value: leaf.value ?? 1 }).success, field.path).toBe(true);
    }
  });

  it("offers what the workspace's own data holds, typed as most of its values are, beside the catalogue's", () => {
    const seen = {
      member: [{ path: "seats", types: [{ type: "number" as const, share: 1 }] }],
      event: [
        { path: "amount", types: [{ type: "number" as const, share: 1 }] },
        { path: "trial", types: [{ type: "boolean" as const, share: 1 }] },
      ],
    };
    const fields = fieldsIn({ event: "order_paid", seen });
    expect(fields.find(({ path }) => path === "member.attributes.seats")).toMatchObject({
      type: "number",
      of: "member",
    });
    expect(fields.find(({ path }) => path === "event.trial")).toMatchObject({ type: "boolean", event: "order_paid" });
    expect(fields.filter(({ path }) => path === "event.amount").map(({ type }) => type)).toEqual(["money"]);
    const seats = fieldAt("member.attributes.seats", { seen });
    expect(operatorsFor(seats)).toContain("gte");
    expect(Rule.safeParse({ ...freshLeaf(seats), value: 3 }).success).toBe(true);
  });

  it("compares an own field as its value asks, where that has been seen or nothing has", () => {
    const own = (...types: SeenType[]) => {
      const seen = types.map((type) => ({ type, share: 1 / types.length }));
      return fieldAt("event.x", { event: "y", seen: { event: seen.length > 0 ? [{ path: "x", types: seen }] : [] } });
    };
    const leaf = (is: Operator, value?: Operand) => ({ field: "event.x", is, ...(value !== undefined && { value }) });
    expect(typeAsked(leaf("eq"), own())).toBe("text");
    expect(typeAsked(leaf("gte"), own())).toBe("number");
    expect(typeAsked(leaf("within_days", 3), own())).toBe("date");
    expect(typeAsked(leaf("eq", "5"), own("number", "text"))).toBe("text");
    expect(typeAsked(leaf("eq", 5), own("text", "number"))).toBe("number");
    expect(typeAsked(leaf("eq"), own("number", "text"))).toBe("number");
    expect(typeAsked(leaf("contains", "a"), own("list"))).toBe("list");
    expect(typeAsked(leaf("before", "2026-01-01"), own("instant"))).toBe("instant");
    expect(typeAsked(leaf("eq", "5"), own("number"))).toBe("text");
    expect(typeAsked(leaf("eq", "5"), fieldAt("member.points", {}))).toBe("count");
  });

  it("takes own attributes and own properties of which nothing is known as texts, named by their codes read as words", () => {
    expect(fieldAt("member.attributes.district", {})).toMatchObject({
      type: "text",
      of: "member",
      name: { en: "District" },
    });
    expect(fieldAt("event.own_thing", { event: "order_paid" })).toMatchObject({ type: "text", of: "event" });
  });

  it("keeps of the value what still fits when the comparison changes", () => {
    const leaf = { field: "member.tier", is: "eq" as const, value: "gold" };
    expect(withOperator(leaf, "in")).toEqual({ ...leaf, is: "in", value: ["gold"] });
    expect(withOperator({ ...leaf, is: "in", value: ["gold", "silver"] }, "eq")).toEqual(leaf);
    expect(withOperator(leaf, "exists")).toEqual({ field: "member.tier", is: "exists" });
    expect(withOperator({ field: "event.amount", is: "gte", value: 100 }, "lte")).toEqual({
      field: "event.amount",
      is: "lte",
      value: 100,
    });
  });
});

describe("a rule in words", () => {
  it.each([
    [{ field: "event.amount", is: "gte", value: 10_000 }, "amount is at least ¥100", "金额不低于 ¥100"],
    [{ field: "member.tier", is: "eq", value: "gold" }, "tier is Gold", "等级为金卡"],
    [
      { field: "event.coupon_id", is: "eq", value: { field: "coupon.id" } },
      "coupon is the coupon of this run",
      "优惠券为本次发放的券",
    ],
    [
      {
        any: [
          { field: "member.orders", is: "lt", value: 3 },
          { field: "member.email", is: "not_exists" },
        ],
      },
      "number of orders is under 3 or email is not known",
      "订单数小于 3 或邮箱无值",
    ],
    [
      { did: "store_visit", measure: "count", is: "lt", value: 1, days: 30 },
      "store visit never in 30 days",
      "近 30 天到店从未发生",
    ],
    [
      { field: "member.last_visit_at", is: "within_days", value: 7 },
      "last visit is in the last 7 days",
      "最近到店在最近 7 天内",
    ],
    [{ field: "event.amount", is: "gte" }, "amount is at least …", "金额不低于…"],
  ])("%j", (rule, english, chinese) => {
    expect(sayRule(rule, en)).toBe(english);
    expect(sayRule(rule, zh)).toBe(chinese);
  });
});

describe("money and time as people write them", () => {
  it("keeps fen exact both ways", () => {
    expect(toMinor(19.99, "CNY")).toBe(1999);
    expect(toMinor(1.005, "JPY")).toBe(1);
    expect(toMajor(10_050, "CNY")).toBe(100.5);
    expect(money(10_000, "CNY", "en")).toBe("¥100");
    expect(money(10_050, "CNY", "zh-CN")).toBe("¥100.50");
  });

  it("reads what it writes", () => {
    for (const iso of ["P7D", "PT10M", "PT3H", "P2W", "P6M"])
      expect(writeSpan(readSpan(iso) ?? { count: 1, unit: "days" })).toBe(iso);
    expect(readSpan("P1DT12H")).toBeUndefined();
    expect(sayDuration("P1D")).toEqual({ en: "1 day", "zh-CN": "1 天" });
  });

  it.each([
    ["PT2S", "2 seconds", "2 秒"],
    ["PT0.5S", "0.5 seconds", "0.5 秒"],
    ["P1DT12H", "1 day 12 hours", "1 天 12 小时"],
    [
      "P1Y2M3W4DT5H6M7S",
      "1 year 2 months 3 weeks 4 days 5 hours 6 minutes 7 seconds",
      "1 年 2 个月 3 周 4 天 5 小时 6 分钟 7 秒",
    ],
    ["tomorrow", "tomorrow", "tomorrow"],
    ["P", "P", "P"],
  ])("says %s in words", (iso, en, zh) => {
    expect(sayDuration(iso)).toEqual({ en, "zh-CN": zh });
  });
});

describe("between", () => {
  const between = (value: Literal[] | undefined) => ({ field: "member.points", is: "between" as const, value });

  it("takes each end by itself: what is typed into one is never copied into the other", () => {
    expect(pairOf(1, undefined)).toEqual([1]);
    expect(pairOf(undefined, 500)).toEqual(["", 500]);
    expect(pairOf(100, 500)).toEqual([100, 500]);
    expect(pairOf(undefined, undefined)).toBeUndefined();
    for (const pair of [pairOf(1, undefined), pairOf(undefined, 500), pairOf(0, 0)] as Literal[][])
      expect(pairOf(endOf(pair[0]), endOf(pair[1]))).toEqual(pair);
  });

  it("is finished once both ends are told", () => {
    expect(isFinished(between([100, 500]))).toBe(true);
    for (const pair of [[100], ["", 500], undefined]) expect(isFinished(between(pair))).toBe(false);
  });

  it("says both ends, and which is missing", () => {
    expect(sayRule(between([100, 500]), en)).toBe("points is from 100 to 500");
    expect(sayRule(between([100, 500]), zh)).toBe("积分介于 100 至 500");
    expect(sayRule(between([100]), en)).toBe("points is from 100 to …");
    expect(sayRule(between(["", 500]), zh)).toBe("积分介于…至 500");
    expect(sayRule(between(undefined), en)).toBe("points is from … to …");
  });

  it("keeps the value when one end becomes two and two become one", () => {
    const one = { field: "member.points", is: "gte" as const, value: 100 };
    expect(withOperator(one, "between")).toEqual(between([100]));
    expect(withOperator(between([100]), "gte")).toEqual(one);
    expect(withOperator(between(["", 500]), "lte")).toEqual({ ...one, is: "lte", value: 500 });
  });
});

describe("what can be counted now", () => {
  const gold = { field: "member.tier", is: "eq" as const, value: "gold" };
  const big = { field: "event.amount", is: "gte" as const, value: 100 };

  it("is a whole rule about members, with its groups", () => {
    const rule = {
      any: [gold, { not: { did: "order_paid", measure: "count" as const, is: "gte" as const, value: 1 } }],
    };
    expect(ofMembers(rule)).toEqual({ rule, isUnfinished: false, isOfEvent: false });
  });

  it("is what is asked of the member besides, where the event must fit as well", () => {
    expect(ofMembers({ all: [gold, big] })).toEqual({ rule: { all: [gold] }, isUnfinished: false, isOfEvent: true });
    expect(ofMembers({ any: [gold, big] })).toBeUndefined();
  });

  it("tells what is still being written from what is asked of the event", () => {
    const counted = { rule: { all: [gold] } };
    const unfinished = { field: "member.points", is: "gte" as const };
    expect(ofMembers({ all: [gold, unfinished] })).toEqual({ ...counted, isUnfinished: true, isOfEvent: false });
    expect(ofMembers({ all: [gold, unfinished, big] })).toEqual({ ...counted, isUnfinished: true, isOfEvent: true });
    expect(ofMembers({ all: [gold, { field: "event.amount", is: "gte" }] })).toEqual({
      ...counted,
      isUnfinished: true,
      isOfEvent: true,
    });
    const half = { field: "member.points", is: "between" as const, value: [100] };
    expect(ofMembers({ all: [gold, half] })).toEqual({ ...counted, isUnfinished: true, isOfEvent: false });
  });

  it("is nothing of an empty or unfinished rule", () => {
    expect(ofMembers({ all: [] })).toBeUndefined();
    expect(ofMembers({ field: "member.tier", is: "eq" })).toBeUndefined();
    expect(ofMembers({ field: "member.spent", is: "gte", value: { field: "entry.amount" } })).toBeUndefined();
  });
});

describe("a rule that is being written", () => {
  const whole = { field: "event.amount", is: "gte", value: 100 } as const;
  const half = { field: "event.amount", is: "gte" } as const;
  it.each<[string, RuleType, boolean]>([
    ["nothing asked", { all: [] }, true],
    ["all said", { all: [whole, { not: { field: "event.store", is: "not_exists" } }] }, true],
    ["a value missing", { all: [whole, half] }, false],
    ["a value missing in a group", { any: [whole, { not: { all: [half] } }] }, false],
    ["a value emptied", { ...whole, value: "" }, false],
  ])("%s: finished %j → %s", (_, rule, is) => expect(isFinished(rule)).toBe(is));
});
