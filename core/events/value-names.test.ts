import { expect, it } from "vitest";
import { valueName } from "./value-names";

it("says in the reader's words why points moved, where the ledger says it, and leaves a marketer's own words", () => {
  expect(valueName("reason", "purchase")?.["zh-CN"]).toBe("消费");
  expect(valueName("reason", "members merged")?.["zh-CN"]).toBe("会员合并");
  expect(valueName("reason", "大额订单")).toBeUndefined();
});
