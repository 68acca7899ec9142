import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CODE_BYTES, couponCode, isCode, normalCode } from "./coupon-code";

const code = fc.uint8Array({ minLength: CODE_BYTES, maxLength: CODE_BYTES }).map(couponCode);
const OTHER = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

describe("a coupon's code", () => {
  it("is twelve characters without I, L, O and U, and checks itself", () => {
    fc.assert(
      fc.property(code, (text) => {
        expect(text).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
        expect(isCode(text)).toBe(true);
      }),
    );
  });

  it("shows every single wrong character", () => {
    fc.assert(
      fc.property(code, fc.nat(11), fc.nat(31), (text, place, digit) => {
        const wrong = text.slice(0, place) + OTHER[digit] + text.slice(place + 1);
        expect(isCode(wrong)).toBe(wrong === text);
      }),
    );
  });

  it("shows every swap of two characters", () => {
    fc.assert(
      fc.property(code, fc.nat(11), fc.nat(11), (text, a, b) => {
        const letters = [...text];
        [letters[a], letters[b]] = [letters[b] ?? "", letters[a] ?? ""];
        const swapped = letters.join("");
        expect(isCode(swapped)).toBe(swapped === text);
      }),
    );
  });

  it("may be typed with spaces, hyphens, small letters and look-alikes", () => {
    fc.assert(
      fc.property(code, (text) => {
        const typed = `${text.slice(0, 4)}-${text.slice(4, 8)} ${text.slice(8)}`
          .toLowerCase()
          .replaceAll("0", "o")
          .replaceAll("1", "l");
        expect(normalCode(typed)).toBe(text);
      }),
    );
  });

  it.each<[string, (text: string) => string]>([
    [
      "full width, as a Chinese keyboard writes it",
      (text) => text.replace(/./g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
    ],
    ["in full-width groups", (text) => `${text.slice(0, 6)}　${text.slice(6)}－`],
    ["with the dashes of word processors", (text) => `${text.slice(0, 4)}–${text.slice(4, 8)}—${text.slice(8)}−`],
    ["pasted with what nobody sees", (text) => `\ufeff${text.slice(0, 6)}\u200b${text.slice(6)}\u200e\u00a0`],
  ])("may come %s", (_, write) => {
    fc.assert(
      fc.property(code, (text) => {
        expect(normalCode(write(text).toLowerCase())).toBe(text);
      }),
    );
  });
});
