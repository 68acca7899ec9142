import { describe, expect, it } from "vitest";
import { saysOf } from "./ask-kind";
import { fill } from "./fill";
import { kindOf } from "./registry";
import { stepName } from "./step-name";

/** As lists and panels say it, to a reader who knows no offer by name. */
function called(kind: string, config: Record<string, unknown>, title: string | null = null): string | undefined {
  const { text, values, needsKind } = saysOf({ kind, config });
  const line = fill(text, "en", (name) => {
    const value = values[name];
    return value?.as === "words" ? value.words.en : value?.as === "text" ? value.text : value && `‹${value.as}›`;
  });
  return stepName({ title, kind: kindOf(kind), line: line.map((piece) => piece.text).join(""), needsKind }, "en");
}

describe("a step's name", () => {
  it("is the marketer's title", () => {
    expect(called("delay", { for: "P3D" }, "Let them settle in")).toBe("Let them settle in");
  });

  it("tells two messages apart by channel and first words", () => {
    const sms = (text: string) => called("send", { channel: "sms", content: { sms: { en: { text } } } });
    expect(sms("Thank you for coming")).toBe("SMS: Thank you for coming");
    expect(sms("Your coupon expires soon")).toBe("SMS: Your coupon expires soon");
  });

  it("is the card's line where the line says what the step is, and stands behind the kind where it does not", () => {
    expect(called("delay", { for: "P3D" })).toBe("Wait ‹duration›");
    expect(called("webhook", { method: "POST", url: "https://crm.shop/x" })).toBe("Webhook: POST crm.shop");
    expect(called("staff-task", { title: "Call her", within: "P2D" })).toBe("Staff task: Call her, within ‹duration›");
  });

  it("is no longer than a list can show, and is never empty", () => {
    const name = called("send", { channel: "sms", content: { sms: { en: { text: "word ".repeat(20) } } } });
    expect(name).toMatch(/^SMS: word .*…$/);
    expect(name?.length).toBeLessThanOrEqual(48);
    expect(called("exit", {})).toBe("Exit");
    expect(stepName({ title: null, kind: undefined, line: undefined, needsKind: undefined }, "en")).toBeUndefined();
  });
});
