import { describe, expect, it } from "vitest";
import { typedDay } from "./typed-day";

describe("a day that is typed", () => {
  it.each([
    "2026-03-05",
    "2026-3-5",
    "2026/03/5",
    "2026.3.05",
    "20260305",
    "2026年3月5日",
    "2026年03月05",
    " 2026-03-05 ",
  ])("is understood as %s", (text) => {
    expect(typedDay(text)).toBe("2026-03-05");
  });

  it.each(["", "2", "2026", "2026-1", "2026-03-", "202603", "2026-02-30", "2026-13-01", "5 March", "05-03-2026"])(
    "is none yet as “%s”",
    (text) => {
      expect(typedDay(text)).toBeNull();
    },
  );
});
