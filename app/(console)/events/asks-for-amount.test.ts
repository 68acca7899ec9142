import { describe, expect, it } from "vitest";
import { asksForAmount } from "./asks-for-amount";

const facts = { event: "order_paid", path: "amount", wanted: "money" };

describe("an amount that is wrong", () => {
  it("is asked for in whole units, as its field takes it", () => {
    const asked = asksForAmount({ code: "wrong_property", facts }, "CNY");
    expect(asked?.says.en).toContain("such as 128 or 128.50");
    expect(asked?.says.en).not.toContain("minor");
    expect(asked?.says["zh-CN"]).toContain("例如 128 或 128.50");
    expect(asked?.example).toBe(12_800);
  });

  it("has the decimals of the workspace's currency", () => {
    const { says, example } = asksForAmount({ code: "wrong_property", facts }, "JPY") ?? {};
    expect(says?.en).toContain("such as 12800");
    expect(example).toBe(128);
  });

  it.each([
    { code: "wrong_property", facts: { ...facts, wanted: "unsigned" } },
    { code: "missing_property", facts: { event: "order_paid", path: "amount" } },
  ] as const)("keeps the sentence of $code, which no unit is in", (cause) => {
    expect(asksForAmount(cause, "CNY")).toBeUndefined();
  });
});
