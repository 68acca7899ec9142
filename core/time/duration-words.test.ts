import { expect, it } from "vitest";
import { sayElapsed } from "./duration-words";

it.each([
  [0, "less than a second", "不到 1 秒"],
  [1999, "1 second", "1 秒"],
  [125_000, "2 minutes 5 seconds", "2 分钟 5 秒"],
  [3_600_000, "1 hour", "1 小时"],
  // The two largest units, and none that is nought.
  [86_400_000 * 2 + 3_600_000 * 3 + 59_000, "2 days 3 hours", "2 天 3 小时"],
  [86_400_000 + 59_000, "1 day", "1 天"],
])("says %d ms as %s", (ms, en, zh) => {
  expect(sayElapsed(ms)).toEqual({ en, "zh-CN": zh });
});
