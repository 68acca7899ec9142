import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import type { Locale } from "@/core/text";
import { withValues } from "./with-values";

const translator = (locale: Locale, text: string) => {
  const t = withValues(createTranslator({ locale, messages: { text } }), locale);
  return (values: Record<string, string | number>) => t("text", values);
};

describe("what is filled into a text", () => {
  it("has a gap in Chinese where it meets the sentence with Latin letters or digits, and none else", () => {
    const set = translator("zh-CN", "由{name}搁置");
    expect(set({ name: "Lin" })).toBe("由 Lin 搁置");
    expect(set({ name: "王芳" })).toBe("由王芳搁置");
    expect(translator("zh-CN", "您于{ago}申请：{what}")({ ago: "3 天前", what: "满100减20" })).toBe(
      "您于 3 天前申请：满100减20",
    );
  });

  it("chooses by a value as it is", () => {
    const set = translator("zh-CN", "{what, select, sends {消息} other {事件}}由{name}搁置");
    expect(set({ what: "sends", name: "A" })).toBe("消息由 A 搁置");
    expect(translator("zh-CN", "{count, plural, other {# 天}}")({ count: 1200 })).toBe("1,200 天");
  });

  it("is isolated where it is read from the right, so that what stands behind it stays there", () => {
    expect(translator("en", "{name}: {count} points")({ name: "ليلى", count: 3 })).toBe("\u2068ليلى\u2069: 3 points");
    expect(translator("zh-CN", "{name}的角色")({ name: "דנה" })).toBe("\u2068דנה\u2069的角色");
    expect(translator("en", "{name}: {count} points")({ name: "Li 丽", count: 3 })).toBe("Li 丽: 3 points");
  });
});
