import { createElement, Fragment, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import type { Locale } from "@/core/text";
import { withValues } from "./with-values";

const translator = (locale: Locale, text: string) => {
  const t = withValues(createTranslator({ locale, messages: { text } }), locale);
  return (values: Record<string, string | number>) => t("text", values);
};

/** As a page shows it. */
const rich = (locale: Locale, text: string, values: Record<string, unknown>) => {
  const t = withValues(createTranslator({ locale, messages: { text } }), locale);
  return renderToStaticMarkup(createElement(Fragment, null, t.rich("text", values as never)));
};
const b = (chunks: ReactNode) => createElement("b", null, chunks);

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

  it("has its gaps where it stands in an element too, and around the element", () => {
    expect(rich("zh-CN", "由<b>{name}</b>搁置", { b, name: "Lin" })).toBe("由 <b>Lin</b> 搁置");
    expect(rich("zh-CN", "由<b>{name}</b>搁置", { b, name: "王芳" })).toBe("由<b>王芳</b>搁置");
    expect(rich("zh-CN", "<b>客户{name}的</b>{count} 张券", { b, name: "Lin", count: 3 })).toBe(
      "<b>客户 Lin 的</b> 3 张券",
    );
    expect(rich("zh-CN", "由 <b>{name}</b>搁置", { b, name: "Lin" })).toBe("由 <b>Lin</b> 搁置");
    expect(rich("en", "By <b>{name}</b>, <b>{other}</b>", { b, name: "Lin", other: "王芳" })).toBe(
      "By <b>Lin</b>, <b>王芳</b>",
    );
  });

  it("may be an element itself", () => {
    expect(rich("zh-CN", "由{who}搁置", { who: createElement("i", { key: "who" }, "Lin") })).toBe("由 <i>Lin</i> 搁置");
  });
});
