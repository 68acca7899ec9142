import { describe, expect, it } from "vitest";
import { asSent } from "./as-sent";

const around = { name: "Qinghe", currency: "CNY", signature: "青禾生活" };

describe("an SMS as it is sent", () => {
  it.each([
    ["送您一张券", "marketing", "【青禾生活】送您一张券，拒收请回复R"],
    ["【青禾】送您一张券，拒收请回复R", "marketing", "【青禾】送您一张券，拒收请回复R"],
    ["验证码 {{ coupon.code }}", "service", "【青禾生活】验证码 {{ coupon.code }}"],
    ["  ", "marketing", ""],
  ] as const)("%s (%s) is %s", (text, purpose, sent) => {
    expect(asSent(text, { purpose, locale: "zh-CN", around })).toBe(sent);
  });
});
