import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chanceOf } from "../hash";
import { drawVariant } from "./draw-variant";
import { type Both, expose, type Holdout, NO_ARMS } from "./holdout";

/** Ids as one batch makes them: a common beginning, a running end. */
const ids = Array.from({ length: 20_000 }, (_, i) => `019acc00-0000-7000-8000-${i.toString(16).padStart(12, "0")}`);
const share = (holds: (id: string) => boolean) => ids.filter(holds).length / ids.length;

it("spreads ids evenly, and independently under another salt", () => {
  for (const p of [0.01, 0.1, 0.5]) expect(Math.abs(share((id) => chanceOf("a", id) < p) - p)).toBeLessThan(0.012);
  const both = share((id) => chanceOf("a", id) < 0.3 && chanceOf("b", id) < 0.3);
  expect(Math.abs(both - 0.09)).toBeLessThan(0.012);
});

describe("a variant", () => {
  it("is drawn by weight, and never one without", () => {
    const shares = [
      { port: "a", weight: 1 },
      { port: "b", weight: 0 },
      { port: "c", weight: 3 },
    ];
    expect(Math.abs(share((id) => drawVariant("x", id, shares) === "c") - 0.75)).toBeLessThan(0.012);
    expect(share((id) => drawVariant("x", id, shares) === "b")).toBe(0);
  });

  it("is drawn independently once a variant comes or goes", () => {
    const of = (...ports: string[]) => ports.map((port) => ({ port, weight: 1 }));
    const lost = ids.filter((id) => drawVariant("x", id, of("a", "b")) === "a");
    const again = lost.filter((id) => drawVariant("x", id, of("b", "c")) === "c").length / lost.length;
    expect(Math.abs(again - 0.5)).toBeLessThan(0.02);
  });

  it("is the same for the same member each time, and has a weight where any has", () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 10 }),
        (id, weights) => {
          const variants = weights.map((weight, i) => ({ weight, port: String(i) }));
          const port = drawVariant("x", id, variants);
          expect(drawVariant("x", id, variants)).toBe(port);
          if (weights.some((weight) => weight > 0)) expect(weights[Number(port)]).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe("a holdout", () => {
  const of = { workspace: "w", journey: "j" };
  const heldBy = (id: string, where: typeof of, holdouts: Both<Holdout>, before = NO_ARMS) =>
    expose(id, where, holdouts, before, 0).held;

  it("keeps its share of new members out, the same ones when it grows", () => {
    const held = (percent: number) => (id: string) =>
      heldBy(id, of, { workspace: null, journey: { percent, days: 30 } }) !== null;
    expect(Math.abs(share(held(10)) - 0.1)).toBeLessThan(0.012);
    expect(ids.filter(held(5)).every(held(10))).toBe(true);
    expect(heldBy(ids[0] ?? "", of, { workspace: null, journey: null })).toBeNull();
  });

  it("of the workspace keeps the same members out of every journey, each journey's own others", () => {
    const workspace = { percent: 20, days: 90 };
    for (const id of ids.slice(0, 500)) {
      const held = heldBy(id, of, { workspace, journey: null });
      expect(heldBy(id, { ...of, journey: "other" }, { workspace, journey: null })).toEqual(held);
      if (held) expect(heldBy(id, of, { workspace, journey: { percent: 50, days: 1 } })).toEqual(workspace);
    }
    const own = (journey: string) => (id: string) =>
      heldBy(id, { workspace: "w", journey }, { workspace: null, journey: { percent: 30, days: 30 } }) !== null;
    expect(Math.abs(share((id) => own("j")(id) && own("k")(id)) - 0.09)).toBeLessThan(0.012);
  });

  const holdout = fc.option(fc.record({ percent: fc.integer({ min: 0, max: 50 }), days: fc.constant(30) }));
  const shares = fc.array(fc.record({ workspace: holdout, journey: holdout }), { minLength: 1, maxLength: 12 });

  it("has each member in the arm of their first exposure, whatever becomes of the shares", () => {
    fc.assert(
      fc.property(fc.uuid(), shares, (id, over) => {
        let kept = NO_ARMS;
        over.forEach((holdouts, at) => {
          const { held, arms } = expose(id, of, holdouts, kept, at);
          for (const one of ["workspace", "journey"] as const) {
            // None is given back or drawn again, and none is drawn where nothing is measured.
            if (kept[one] && arms[one]) expect(arms[one]).toBe(kept[one]);
            if (!holdouts[one]?.percent) expect(arms[one]).toBeNull();
            else if (arms[one] && !kept[one]) expect(arms[one]).toMatchObject({ at, percent: holdouts[one].percent });
          }
          expect(held).toBe(
            arms.workspace?.isHeld ? holdouts.workspace : arms.journey?.isHeld ? holdouts.journey : null,
          );
          kept = { workspace: arms.workspace ?? kept.workspace, journey: arms.journey ?? kept.journey };
        });
      }),
    );
  });
});
