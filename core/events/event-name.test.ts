import { describe, expect, it } from "vitest";
import { kindOf, NODE_KINDS } from "../journey/registry";
import * as control from "../plan/control";
import { EVENT_NAMES } from "./catalogue";
import { eventName, spoken } from "./event-name";

const begins = NODE_KINDS.flatMap((id) => {
  const kind = kindOf(id);
  return kind?.family === "trigger" ? [kind.entry(kind.initial).event] : [];
});
const ours = [control.JOURNEY_START, control.JOURNEY_STOP, control.MEMBER_MERGED];

describe("the name of an event", () => {
  it("is the catalogue's where it is known", () => {
    expect(eventName("order_paid")["zh-CN"]).toBe("支付订单");
  });

  it.each([...new Set([...EVENT_NAMES, ...begins, ...ours])])("is a name of its own in both languages: %s", (event) => {
    const { en, "zh-CN": zh } = eventName(event);
    expect(en).toMatch(/^[A-Z][^\p{Script=Han}]+$/u);
    expect(zh).toMatch(/\p{Script=Han}/u);
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
