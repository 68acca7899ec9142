import { describe, expect, it } from "vitest";
import { malformed } from "../issues";
import { called, nameIn, OfferName } from "./offer-name";

const ONE_OR_EACH =
  'should be a name of 1 to 120 characters, or one per language, like {"en": "20 off", "zh-CN": "立减20元"}';
const both = { en: "¥20 off", "zh-CN": "立减20元" };

describe("an offer's name", () => {
  it.each([
    ["立减20元", "en", { name: "立减20元", names: {} }],
    [both, "zh-CN", { name: "立减20元", names: both }],
    [both, "en", { name: "¥20 off", names: both }],
    [{ en: "¥20 off" }, "zh-CN", { name: "¥20 off", names: { en: "¥20 off" } }],
  ] as const)("given as %j in a workspace of %s is kept as %j", (given, workspace, kept) => {
    expect(called(OfferName.parse(given), workspace)).toEqual(kept);
  });

  it.each([
    ["en", "¥20 off"],
    ["en-GB", "¥20 off"],
    ["zh-TW", "立减20元"],
    ["fr", "plain"],
    [null, "plain"],
  ])("for somebody who reads %s is %s", (language, name) => {
    expect(nameIn({ name: "plain", names: both }, language)).toBe(name);
  });

  it("that was given in one language is read by all", () => {
    expect(nameIn({ name: "立减20元", names: { "zh-CN": "立减20元" } }, "en")).toBe("立减20元");
    expect(nameIn({ name: "立减20元" }, "en")).toBe("立减20元");
  });

  it.each([
    ["", "name", "should not be empty", "不能为空"],
    ["x".repeat(121), "name", "should be at most 120 characters", "最多 120 个字符"],
    [{}, "name", "needs a name in one language at least", "至少需要一种语言的名称"],
    [{ en: " " }, "name.en", "should not be empty", "不能为空"],
    [{ en: "20 off", fr: "20 de moins" }, "name.fr", "is not known here", "此处没有这一项"],
    [5, "name", ONE_OR_EACH, "每种语言一个"],
    [null, "name", ONE_OR_EACH, "每种语言一个"],
    [["a"], "name", ONE_OR_EACH, "每种语言一个"],
  ])("%j is refused at %s: %s", (wrong, path, detail, chinese) => {
    const { error } = OfferName.safeParse(wrong);
    const refused = malformed(error?.issues ?? [], ["name"]);
    expect(refused).toMatchObject({
      detail: expect.stringContaining(detail),
      chinese: expect.stringContaining(chinese),
    });
    expect(refused.path?.join(".")).toBe(path);
  });
});
