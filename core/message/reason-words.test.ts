import { expect, it } from "vitest";
import { reasonWords } from "./reason-words";

it("tells what the engine wrote in the reader's language, with its figures", () => {
  const reason = "passed this step 3 times, as often as the journey allows";
  expect(reasonWords(reason, "zh-CN")).toBe("回到此步骤的次数超过旅程允许的上限（3 次）。");
  expect(reasonWords("too_long: 901 characters, at most 700", "en")).toBe("Too long: 901 characters, at most 700.");
  expect(reasonWords("not_text: {{ event.box }} is an object or a list of objects", "zh-CN")).toBe(
    "“{{ event.box }}”的值是对象或对象列表，无法作为文字显示。",
  );
  expect(reasonWords("syntax: tag not closed,\nline 2", "zh-CN")).toBe("模板有误：tag not closed,\nline 2");
});

it("leaves a provider's words to themselves, also where they hold what looks like a place to fill in", () => {
  expect(reasonWords("6 of the last 8 runs failed: its member is missing", "zh-CN")).toBe(
    "已自动暂停：最近 8 次运行中有 6 次失败。会员缺失。",
  );
  expect(reasonWords("6 of the last 8 runs failed: value out of range", "en")).toBe(
    "It paused itself: 6 of the last 8 runs failed. value out of range",
  );
  expect(reasonWords("21211 The 'To' number is not a valid phone number.", "en")).toBeUndefined();
  expect(reasonWords("bad_link: https://a.example/?q=$1", "en")).toBe("A link is not valid: https://a.example/?q=$1");
});
