import { expect, it } from "vitest";
import { retryAfterMs } from "./retry-after";

const now = Date.UTC(2026, 10, 29, 12);

it.each([
  ["3", 3000],
  [" 0.5 ", 500],
  [["7", "9"], 7000],
  ["Sun, 29 Nov 2026 12:00:10 GMT", 10_000],
  ["999999999", 3_600_000],
  ["0", undefined],
  ["-5", undefined],
  ["soon", undefined],
  ["Sun, 29 Nov 2026 11:59:00 GMT", undefined],
  ["", undefined],
  [undefined, undefined],
])("%j is %j", (header, ms) => {
  expect(retryAfterMs(header, now)).toBe(ms);
});
