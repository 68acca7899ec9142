import { expect, it } from "vitest";
import { amountWanted } from "./amount-words";

it.each([
  ["CNY", "should be an amount in Chinese yuan, such as 128 or 128.50", "应为人民币金额，例如 128 或 128.50"],
  ["JPY", "should be an amount in Japanese yen, such as 12800", "应为日元金额，例如 12800"],
  ["KWD", "should be an amount in Kuwaiti dinars, such as 128 or 128.500", "应为科威特第纳尔金额，例如 128 或 128.500"],
  [
    "no currency",
    "should be an amount in no currency, such as 128 or 128.50",
    "应为no currency金额，例如 128 或 128.50",
  ],
])("says what an amount of %s looks like, to its last decimal", (currency, en, zh) => {
  expect(amountWanted(currency)).toEqual({ en, "zh-CN": zh });
});
