import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { JourneyId, StepId, WorkspaceId } from "../ids";
import { compile } from "../journey/compile";
import { problems } from "../journey/problems";
import { advance, wake } from "../plan/advance";
import { follow } from "../plan/plan";
import { react } from "../plan/react";
import type { EventFacts, Facts } from "../rules/facts";
import { LOCALES, type Text } from "../text";
import { RECIPES, recipeOf } from "./registry";

const say = (text: Text) => text.en;
/** Every slot filled with an offer of its own. */
const filled = (id: (typeof RECIPES)[number]) => {
  const recipe = recipeOf(id);
  const offers = Object.fromEntries(
    Object.keys(recipe.offers).map((slot, i) => [slot, `00000000-0000-7000-8000-00000000000${i + 1}`]),
  );
  return { recipe, offers, document: recipe.document(offers, say) };
};
const compiled = (id: (typeof RECIPES)[number]) =>
  compile(filled(id).document, { workspace: "w" as WorkspaceId, journey: "j" as JourneyId, version: 1 });

it("lists every recipe of the folder", () => {
  const files = readdirSync(new URL(".", import.meta.url)).filter(
    (file) => !/test|^(recipe|registry|drawing)\.ts$/.test(file),
  );
  expect(files.map((file) => file.replace(".ts", "")).sort()).toEqual([...RECIPES].sort());
});

describe.each(RECIPES)("the recipe %s", (id) => {
  it("has no problem, not even a warning, once its offers are chosen", () => {
    const { document, offers, recipe } = filled(id);
    const known = Object.entries(offers).map(([slot, offer]) => ({
      id: offer,
      name: recipe.offers[slot]?.name.en ?? "",
      state: "active",
    }));
    expect(problems(document, { offers: known })).toEqual([]);
  });

  it("is told in both languages", () => {
    const { recipe, offers } = filled(id);
    for (const locale of LOCALES) {
      expect(recipe.name[locale]).not.toBe("");
      expect(recipe.about[locale]).not.toBe("");
      for (const offer of Object.values(recipe.offers)) expect(offer.name[locale]).not.toBe("");
      expect(recipe.document(offers, (text) => text[locale]).name).toBe(recipe.name[locale]);
    }
  });

  it("compiles, and reaches every step that its drawing has", () => {
    const plan = compiled(id);
    const reached = new Set<StepId>();
    const open = plan.first ? [plan.first] : [];
    for (let at = open.pop(); at; at = open.pop()) {
      if (reached.has(at)) continue;
      reached.add(at);
      const step = plan.steps[at];
      if (!step) throw new Error(`no step ${at}`);
      const ports = Object.keys(plan.wires[at.slice(0, at.lastIndexOf("."))] ?? {});
      for (const port of ports) {
        const { to } = follow(plan, at, { port });
        if (to) open.push(to);
      }
    }
    expect([...reached].sort()).toEqual(Object.keys(plan.steps).sort());
  });
});

describe("30 days away", () => {
  const DAY = 86_400_000;
  const now = Date.UTC(2026, 10, 22, 4);
  const plan = compiled("thirty-days-away");
  const facts = (lastVisitAt: number, event?: EventFacts): Facts => ({
    member: {
      id: "m",
      isAnonymous: false,
      name: "Li",
      phone: null,
      email: null,
      locale: null,
      timeZone: null,
      birthday: null,
      gender: null,
      tier: "basic",
      joinedAt: 0,
      joinedStore: null,
      orders: 1,
      spent: 1,
      firstOrderAt: 0,
      lastOrderAt: 0,
      visits: 1,
      lastVisitAt,
      lastSeenAt: lastVisitAt,
      points: 0,
      tags: [],
      attributes: {},
      days: [],
    },
    now,
    zone: "Asia/Shanghai",
    ...(event && { event }),
  });
  const order = (channel: string): EventFacts => ({
    id: "e",
    name: "order_paid",
    properties: { order_id: "1", amount: 100, channel },
    occurredAt: now,
    acceptedAt: now,
    isHistorical: false,
  });
  const seen = "seen.start" as StepId;
  const clock = "clock.start" as StepId;

  it("gives the coupon on the 30th day without a visit, and not a day earlier", () => {
    const port = (lastVisitAt: number) => {
      const move = advance(plan, seen, facts(lastVisitAt));
      return move.is === "go" ? move.target.to : move.is;
    };
    expect(port(now - 30 * DAY)).toBe("gift.start");
    expect(port(now - 29 * DAY + 60_000)).toBe("tomorrow.start");
    expect(port(now - DAY)).toBe("tomorrow.start");
  });

  it("winds the clock up again at a purchase in a store, and only there", () => {
    const at = { step: clock, state: "parked" as const, dueAt: now + DAY };
    expect(react(plan, at, facts(now, order("store"))).move).toEqual({ is: "wins", port: "happened" });
    expect(wake(plan, clock, "happened")).toMatchObject({ to: clock, back: true });
    expect(react(plan, at, facts(now, order("online"))).move).toBeNull();
  });
});
