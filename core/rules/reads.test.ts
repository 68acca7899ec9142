import { describe, expect, it } from "vitest";
import { askedOf, readsOf } from "./reads";
import type { Rule } from "./rule";

const bought = (days?: number): Rule => ({
  did: "purchase",
  measure: "count",
  is: "gte",
  value: 1,
  ...(days !== undefined && { days }),
});
const gold: Rule = { field: "member.tier", is: "eq", value: "gold" };
const NOW = Date.UTC(2026, 2, 1, 17); // one in the morning of 2 March in Shanghai
const asked = (...rules: Rule[]) => askedOf(rules.map(readsOf), NOW, "Asia/Shanghai");

describe("what rules ask of members beside their own row", () => {
  it("is nothing where they read no days and no coupons", () => {
    expect(asked()).toEqual({ since: undefined, coupons: false });
    expect(asked(gold)).toEqual({ since: undefined, coupons: false });
  });

  it("are the days of the one that looks back furthest, by the zone's calendar, wherever it stands in its rule", () => {
    expect(asked(bought(7), { any: [gold, { not: bought(2) }] }).since).toBe("2026-02-23");
    expect(asked(gold, bought(7), { all: [bought(28)] }).since).toBe("2026-02-02");
  });

  it("are all days where one asks for ever", () => {
    expect((asked(bought(7), bought()).since ?? "9") < "1930").toBe(true);
  });

  it("are the coupons that a member holds where one names them, also as what another field is compared with", () => {
    expect(asked(gold, { field: "member.coupons", is: "exists" }).coupons).toBe(true);
    expect(asked({ field: "event.offer_id", is: "in", value: { field: "member.coupons" } }).coupons).toBe(true);
  });
});
