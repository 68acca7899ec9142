import { describe, expect, it } from "vitest";
import { segments } from "../segments";
import { asSent } from "./as-sent";
import { sampleScope } from "./sample";
import { textOf } from "./sampled";

const scope = sampleScope({
  workspace: { name: "Qinghe", timeZone: "Asia/Shanghai", currency: "CNY" },
  purpose: "marketing",
  locale: "zh-CN",
  now: new Date("2026-11-29T08:00:00Z"),
  event: null,
  offers: [{ id: "a", name: "Tea", validity: { is: "days", days: 7 } }],
  links: "https://go.example",
});
const code = scope.coupons[0]?.code ?? "";
const sending = { purpose: "service", signature: "青禾生活" } as const;

describe("an SMS as it is sent", () => {
  it.each([
    ["送您一张券", "marketing", "【青禾生活】送您一张券，拒收请回复R"],
    ["【青禾】送您一张券，拒收请回复R", "marketing", "【青禾】送您一张券，拒收请回复R"],
    ["验证码 {{ coupon.code }}", "service", `【青禾生活】验证码 ${code}`],
    ["{{ workspace.name }}: a gift {{ coupon.code }} waits", "service", `【青禾生活】a gift ${code} waits`],
    ["Qinghe：{{ coupon.code }}", "marketing", `【青禾生活】${code}，拒收请回复R`],
    ["【{{ workspace.name }}】礼", "service", "【Qinghe】礼"],
    ["  礼 ", "service", "【青禾生活】礼"],
    ["{{ member.nothing }}  ", "marketing", ""],
  ] as const)("%s (%s) is %s", (text, purpose, sent) => {
    expect(textOf(asSent(text, scope, { ...sending, purpose }).pieces)).toBe(sent);
  });
  it("keeps the sender's name where the number is of another country", () => {
    const text = textOf(asSent("{{ workspace.name }}: hello", scope, { ...sending, to: "+44" }).pieces);
    expect(text).toBe("Qinghe: hello");
  });
  it("is signed by the workspace's name where it has no signature of its own, and says the name once", () => {
    const text = textOf(asSent("{{ workspace.name }}: hello", scope, { ...sending, signature: null }).pieces);
    expect(text).toBe("【Qinghe】hello");
    expect(segments(text)).toMatchObject({ parts: 1, units: 13 });
  });
  it("marks the values, and only those, whatever was added around them", () => {
    const { pieces } = asSent("{{ workspace.name }}: {{ coupon.code }}!", scope, { ...sending, purpose: "marketing" });
    expect(pieces.filter(({ isFilled }) => isFilled)).toEqual([{ text: code, isFilled: true }]);
  });
});
