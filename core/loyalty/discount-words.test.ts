import { expect, it } from "vitest";
import { sayDiscount } from "./discount-words";
import { Discount } from "./offer";

it.each<[object, string, string]>([
  [{ kind: "amount_off", threshold: 10_000, amount: 2_000 }, "¥20 off an order of ¥100 or more", "满¥100减¥20"],
  [{ kind: "amount_off", amount: 550 }, "¥5.50 off", "立减¥5.50"],
  [{ kind: "percent_off", percent: 15 }, "15% off", "8.5折"],
  [
    { kind: "percent_off", percent: 20, threshold: 5_000, cap: 3_000 },
    "20% off an order of ¥50 or more, ¥30 at most",
    "满¥50享8折，最高优惠¥30",
  ],
  [{ kind: "percent_off", percent: 100 }, "100% off", "免单"],
  [{ kind: "cash_voucher", amount: 2_000 }, "¥20 off any order", "任意消费立减¥20"],
])("says what %o takes off", (discount, en, zh) => {
  expect(sayDiscount(Discount.parse(discount), "CNY")).toEqual({ en, "zh-CN": zh });
});
