import { describe, expect, it } from "vitest";
import { standingOf } from "./standing";

const offer = { state: "active", stock: 10, issued: 3, terms: { validity: { is: "days", days: 30 } } } as const;
const until = (day: string) => ({ ...offer, terms: { validity: { is: "fixed", from: null, until: day } as const } });

describe("an offer's standing", () => {
  it.each([
    ["active while something is left", offer, "active"],
    ["active without a limit", { ...offer, stock: null, issued: 9_000 }, "active"],
    ["spent with its last coupon", { ...offer, issued: 10 }, "spent"],
    ["spent where the stock was cut below what is out", { ...offer, issued: 11 }, "spent"],
    ["active on its last day", until("2026-11-29"), "active"],
    ["ended the day after", until("2026-11-28"), "ended"],
    ["ended rather than spent", { ...until("2026-11-28"), issued: 10 }, "ended"],
    ["off before anything else", { ...until("2026-11-28"), state: "paused" as const }, "paused"],
    ["archived before anything else", { ...offer, issued: 10, state: "archived" as const }, "archived"],
  ])("is %s", (_says, one, standing) => expect(standingOf(one, "2026-11-29")).toBe(standing));
});
