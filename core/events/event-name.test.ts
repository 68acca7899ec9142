import { describe, expect, it } from "vitest";
import { eventName, spoken } from "./event-name";

describe("the name of an event", () => {
  it("is the catalogue's where it is known", () => {
    expect(eventName("order_paid")["zh-CN"]).toBe("支付订单");
  });

  it.each([
    ["trial_lesson_attended", "Trial lesson attended"],
    ["TrialLessonAttended", "Trial lesson attended"],
    ["Trial Lesson Attended", "Trial lesson attended"],
    ["app.cart-shared", "App cart shared"],
    ["SKU_scanned", "SKU scanned"],
    ["试听课", "试听课"],
    ["__", "__"],
  ])("is its code read as words: %s", (code, words) => {
    expect(spoken(code)).toEqual({ en: words, "zh-CN": words });
  });
});
