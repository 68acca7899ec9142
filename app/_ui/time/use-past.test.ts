import { expect, it } from "vitest";
import { isJust } from "./use-past";

it("what happened a moment ago is just now, also by a clock that runs ahead of the reader's", () => {
  const now = new Date("2026-11-28T12:00:00Z");
  const after = (seconds: number) => isJust(new Date(now.getTime() + seconds * 1_000), now);
  expect([-3_600, -61, -59, 0, 2, 3_600].map(after)).toEqual([false, false, true, true, true, true]);
});
