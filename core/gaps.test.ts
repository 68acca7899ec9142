import { describe, expect, it } from "vitest";
import { joined, spaced } from "./gaps";

describe("gaps between Chinese and Latin", () => {
  it.each([
    ["等待3天", "等待 3 天"],
    ["近30天购买3次以上", "近 30 天购买 3 次以上"],
    ["用SMS发送", "用 SMS 发送"],
    ["占15%的会员", "占 15% 的会员"],
    ["等待 3 天", "等待 3 天"],
    ["早于2026年1月31日20:30的会员", "早于 2026年1月31日 20:30 的会员"],
    ["2月14日送8.5折券", "2月14日送 8.5 折券"],
    ["满¥100减¥20", "满 ¥100 减 ¥20"],
    ["Tea 2 go", "Tea 2 go"],
  ])("writes %s as %s", (text, expected) => {
    expect(spaced(text)).toBe(expected);
    expect(spaced(expected)).toBe(expected);
  });

  it("joins texts with them, and leaves each as its author wrote it", () => {
    expect(joined("等待", "3 天")).toBe("等待 3 天");
    expect(joined("由", "Lin", "搁置")).toBe("由 Lin 搁置");
    expect(joined("由", "王芳", "搁置")).toBe("由王芳搁置");
    expect(joined("送", "满100减20", "")).toBe("送满100减20");
    expect(joined("Wait ", "3 days")).toBe("Wait 3 days");
  });
});
