import { describe, expect, it } from "vitest";
import type { JourneyId, StepId, WorkspaceId } from "../ids";
import { someone } from "../members/someone-harness";
import { advance, wake, wins } from "../plan/advance";
import { isLate, react, starts } from "../plan/react";
import type { EventFacts, Facts } from "../rules/facts";
import { bigOrder, OFFER } from "./big-order-harness";
import { compile } from "./compile";
import { JourneyDocument } from "./document";

const plan = compile(JourneyDocument.parse(bigOrder), {
  workspace: "w" as WorkspaceId,
  journey: "j" as JourneyId,
  version: 1,
});
const now = Date.UTC(2026, 2, 1, 4);
const event = (name: string, properties: Record<string, unknown>, more: Partial<EventFacts> = {}): EventFacts => ({
  id: "e",
  name,
  properties,
  occurredAt: now,
  acceptedAt: now,
  isHistorical: false,
  ...more,
});
const facts = (tier: string, more: Partial<Facts> = {}): Facts => ({
  member: someone({ name: "Lin", birthday: null, tier, orders: 1, spent: 10_000 }),
  now,
  zone: "Asia/Shanghai",
  ...more,
});
const at = (node: string) => `${node}.start` as StepId;

describe("a compiled journey", () => {
  it("listens to the events of its trigger, waits and exits", () => {
    expect(plan.listens).toEqual(["account_closed", "coupon_redeemed", "order_paid"]);
    expect(plan.first).toBe("gold.start");
  });

  it("has an id that depends on the drawing and the journey, not on the version or the order of keys", () => {
    const turned = JourneyDocument.parse(Object.fromEntries(Object.entries(bigOrder).reverse()));
    expect(compile(turned, { workspace: "w" as WorkspaceId, journey: "j" as JourneyId, version: 9 }).id).toBe(plan.id);
    expect(compile(turned, { workspace: "w" as WorkspaceId, journey: "k" as JourneyId, version: 1 }).id).not.toBe(
      plan.id,
    );
  });

  it("chooses by tier and says why", () => {
    expect(advance(plan, at("gold"), facts("gold"))).toEqual({
      is: "go",
      target: { port: "yes", to: "both.start", back: false },
      why: { field: "member.tier", is: "eq", wanted: "gold", found: "gold", verdict: true },
    });
    expect(advance(plan, at("gold"), facts("basic"))).toMatchObject({
      target: { to: "five.start" },
      why: { verdict: false },
    });
  });

  it("grants coupon and points in one effect, with a way out for each refusal", () => {
    expect(advance(plan, at("both"), facts("gold"))).toEqual({
      is: "apply",
      effects: [
        { type: "issueCoupon", offer: OFFER },
        { type: "addPoints", points: 100, reason: "reward" },
      ],
      done: { port: "granted", to: "sms.start", back: false },
      refused: {
        out_of_stock: { port: "out_of_stock", to: null, back: false },
        over_cap: { port: "over_cap", to: null, back: false },
        offer_inactive: { port: "refused", to: null, back: false },
        held: { port: "held", to: null, back: false },
        refused: { port: "refused", to: null, back: false },
      },
    });
  });

  it("parks for seven calendar days and is woken by either port", () => {
    expect(advance(plan, at("used"), facts("gold"))).toEqual({
      is: "park",
      dueAt: now + 7 * 86_400_000,
      on: ["coupon_redeemed"],
    });
    expect(wake(plan, at("used"), "timeout")).toEqual({ port: "timeout", to: "nudge.start", back: false });
    expect(wake(plan, at("user"), "next")).toEqual({ port: "next", to: null, back: false });
  });

  it("lets only the redemption of its own coupon win the wait", () => {
    const vars = { both: { order: 1, coupon: { id: "c1", code: "A", offer: OFFER, name: "20 off", expiresAt: null } } };
    const redeemed = (coupon_id: string) => facts("gold", { vars, event: event("coupon_redeemed", { coupon_id }) });
    expect(wins(plan, at("used"), redeemed("c1"))).toBe("happened");
    expect(wins(plan, at("used"), redeemed("c2"))).toBeNull();
  });
});

describe("an event and a run", () => {
  const parked = { step: at("used"), state: "parked" as const, dueAt: now + 1000 };
  const vars = { both: { order: 1, coupon: { id: "c1", code: "A", offer: OFFER, name: "20 off", expiresAt: null } } };
  const on = (name: string, more: Partial<EventFacts> = {}) =>
    facts("gold", { vars, event: event(name, { coupon_id: "c1", amount: 20_000 }, more) });
  const late = { occurredAt: now - 25 * 3_600_000 };

  it("wins a wait, exits, or leaves the run alone", () => {
    expect(react(plan, parked, on("coupon_redeemed")).move).toMatchObject({ is: "wins", won: { port: "happened" } });
    expect(react(plan, parked, on("account_closed")).move).toEqual({ is: "exit", exit: 0 });
    expect(react(plan, parked, on("order_paid")).move).toBeNull();
  });

  it("is kept as mail for a run on its way, if some wait listens to it", () => {
    const ready = { ...parked, state: "ready" as const };
    expect(react(plan, ready, on("coupon_redeemed")).move).toEqual({ is: "mail" });
    expect(react(plan, ready, on("order_paid")).move).toBeNull();
  });

  it("comes too late for a wait whose time was up, yet in time at the very instant", () => {
    expect(react(plan, { ...parked, dueAt: now - 1 }, on("coupon_redeemed")).move).toEqual({ is: "due" });
    expect(react(plan, { ...parked, dueAt: now }, on("coupon_redeemed")).move).toMatchObject({
      is: "wins",
      won: { port: "happened" },
    });
  });

  it("arriving over 24 hours late wins no wait and starts nothing, but exits", () => {
    expect(isLate(event("x", {}, { occurredAt: now - 24 * 3_600_000 }))).toBe(false);
    expect(react(plan, parked, on("coupon_redeemed", late)).move).toBeNull();
    expect(react(plan, parked, on("account_closed", late)).move).toEqual({ is: "exit", exit: 0 });
    expect(starts(plan, on("order_paid", late))).toBeNull();
  });

  it("that is historical does nothing", () => {
    for (const name of ["coupon_redeemed", "account_closed"])
      expect(react(plan, parked, on(name, { isHistorical: true })).move).toBeNull();
    expect(starts(plan, on("order_paid", { isHistorical: true }))).toBeNull();
  });

  it("starts a run when the trigger's rule holds", () => {
    expect(starts(plan, on("order_paid"))).toMatchObject({ key: "" });
    expect(starts(plan, facts("gold", { event: event("order_paid", { amount: 9_999 }) }))).toBeNull();
    const perOrder = { ...plan, reentry: { is: "per_key" as const, key: "order_id" } };
    expect(
      starts(perOrder, facts("gold", { event: event("order_paid", { amount: 10_000, order_id: 7 }) })),
    ).toMatchObject({
      key: "7",
    });
    expect(starts(perOrder, facts("gold", { event: event("order_paid", { amount: 10_000 }) }))).toMatchObject({
      key: "e",
    });
  });
});
