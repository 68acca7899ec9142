import { describe, expect, it } from "vitest";
import { isCode } from "../../loyalty/coupon-code";
import { segments } from "../segments";
import { longest } from "./longest";
import { sampleScope } from "./sample";
import { sampled } from "./sampled";

const around = {
  workspace: { name: "青禾", timeZone: "Asia/Shanghai", currency: "CNY" },
  purpose: "marketing",
  locale: "en",
  now: new Date("2026-11-29T08:00:00Z"),
  event: "order_paid",
  offers: undefined,
  links: "https://go.example",
} as const;
const offers = [
  { id: "a", name: "Gift", names: { "zh-CN": "礼" }, validity: { is: "days", days: 7 } as const },
  { id: "b", name: "Tea", validity: { is: "fixed", from: null, until: "2026-12-31" } as const },
];
const read = (template: string, over: object = {}) => {
  const { pieces, isExact } = sampled(template, sampleScope({ ...around, ...over }));
  return isExact ? pieces.map(({ text }) => text).join("") : undefined;
};

describe("the sample of a preview", () => {
  it("holds a coupon of each offer of the run, with the expiry it would have if it were issued now", () => {
    const template =
      "{{ coupons[0].name }} {{ coupons[0].expires_at | date }}, {{ coupon.name }} {{ coupon.expires_at|date }}";
    expect(read(template, { offers })).toBe("Gift 5 December 2026, Tea 31 December 2026");
    expect(read(template, { offers, locale: "zh-CN" })).toBe("礼 2026年12月5日, Tea 2026年12月31日");
  });
  it("has codes like ours, the same for the same offer and another for another", () => {
    const { coupons } = sampleScope({ ...around, offers });
    expect(coupons.every(({ code }) => isCode(code))).toBe(true);
    expect(coupons[0]?.code).not.toBe(coupons[1]?.code);
    expect(sampleScope({ ...around, offers }).coupons).toEqual(coupons);
  });
  it("has a value of each own attribute and own property, of its type, beside the catalogue's", () => {
    const own = {
      attributes: { city: "text", since: "date", "__proto__.x": "text" },
      properties: { "to.seats": "number", amount: "text", trial: "boolean" },
    };
    expect(
      read(
        "{{ member.attributes.city }}, {{ member.attributes.since | date }}, {{ event.to.seats }}, {{ event.trial }}",
        {
          own,
        },
      ),
    ).toBe("City, 29 November 2026, 3, true");
    expect(read("{{ event.amount | money }}", { own })).toBe("¥188");
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });
  it("has the event that starts the run, or none", () => {
    expect(read("{{ event.amount | money }} {{ event.order_id }}")).toBe("¥188 A1024");
    expect(read("[{{ event.amount | money }}]", { event: null })).toBe("[]");
    expect(
      read("{{ event.amount | money }}", { locale: "zh-CN", workspace: { ...around.workspace, currency: "JPY" } }),
    ).toBe("¥18,800");
  });
  it("leaves to the templates' language what only that can read", () => {
    for (const template of [
      "{% if coupon %}x{% endif %}",
      "{{ member.name | upcase }}",
      "{{ member.tags }}",
      "a{{- member.name }}",
    ])
      expect(read(template)).toBeUndefined();
    expect(read("{{ coupon.code }}", { offers: [] })).toBeUndefined();
  });
  it("knows nothing that a message is not given", () =>
    expect(read("[{{ timeZone }}{{ now }}{{ member.constructor }}]")).toBe("[]"));
});

describe("the longest values", () => {
  const parts = (text: string, locale: "en" | "zh-CN", offers: string[] = []) =>
    longest(sampleScope({ ...around, locale }), offers).map(
      (scope) =>
        segments(
          sampled(text, scope)
            .pieces.map((piece) => piece.text)
            .join(""),
        ).parts,
    );
  it("tell that a Chinese name costs an English text more than a long one", () => {
    expect(parts(`Hi {{ member.name }}, ${"a".repeat(100)}`, "en")).toEqual([1, 2]);
    expect(parts(`Hi {{ member.name }}, ${"a".repeat(140)}`, "en")).toEqual([2, 3]);
  });
  it("have the longest name that the coupon may have", () => {
    expect(parts(`${"好".repeat(60)}{{ coupon.name }}`, "zh-CN")).toEqual([1]);
    expect(parts(`${"好".repeat(60)}{{ coupon.name }}`, "zh-CN", ["很".repeat(11)])).toEqual([2]);
  });
  it("are amounts, days and texts of the event too", () => {
    const [scope] = longest(sampleScope(around));
    expect(scope && sampled("{{ event.amount | money }} {{ coupon.expires_at | date }}", scope).pieces).toMatchObject([
      { text: "¥999,999" },
      { text: " " },
      { text: "30 September 2026" },
    ]);
  });
});
