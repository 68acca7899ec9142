import Bundled from "elkjs/lib/elk.bundled.js";
import { describe, expect, it } from "vitest";
import { JourneyDocument } from "@/core/journey/document";
import { backEdges } from "@/core/journey/graph";
import { RECIPES, recipeOf } from "@/core/recipes/registry";
import { freshNode, kindIds, portsOf } from "../kinds";
import { layout } from "./layout";
import { looseParts } from "./loose";
import { corners, distance, laneOf, middle, smooth } from "./route";
import { portOffset, sizeOf } from "./size";

const CLEAR = { left: -100, right: 500 };
const OFFER = "00000000-0000-4000-8000-000000000000";

describe("lines", () => {
  it("falls straight where it can, and turns twice where it must", () => {
    expect(corners({ x: 0, y: 0 }, { x: 0, y: 100 }, 44, CLEAR)).toHaveLength(2);
    const turned = corners({ x: 0, y: 0 }, { x: 200, y: 100 }, 44, CLEAR);
    expect(turned.slice(1).every((to, i) => to.x === turned[i]?.x || to.y === turned[i]?.y)).toBe(true);
    expect(smooth(turned)).toMatch(/^M0,0L.*Q.*Q.*L200,100$/);
  });

  it("passes on the nearer side when it leads back up", () => {
    const back = corners({ x: 400, y: 300 }, { x: 380, y: 0 }, 44, CLEAR);
    expect(Math.max(...back.map(({ x }) => x))).toBe(CLEAR.right);
  });

  it("knows its middle and how far a point is from it", () => {
    const line = [
      { x: 0, y: 0 },
      { x: 0, y: 100 },
    ];
    expect(middle(line)).toEqual({ x: 0, y: 50 });
    expect(distance({ x: 30, y: 50 }, line)).toBe(30);
    expect(distance({ x: 0, y: 140 }, line)).toBe(40);
  });
});

describe("layout", () => {
  it.each(RECIPES)("places every card of %s below its source, the trigger on top, none on another", async (id) => {
    const recipe = recipeOf(id);
    const document = recipe.document(
      Object.fromEntries(Object.keys(recipe.offers).map((slot) => [slot, OFFER])),
      (text) => text.en,
    );
    const { positions } = await layout(new Bundled(), document, portsOf);
    const boxes = document.nodes.map((node) => ({
      id: node.id,
      ...(positions[node.id] ?? { x: Number.NaN, y: Number.NaN }),
      ...sizeOf(node, portsOf),
    }));
    expect(boxes.every(({ x, y }) => Number.isInteger(x) && Number.isInteger(y))).toBe(true);
    expect(Math.min(...boxes.map(({ y }) => y))).toBe(positions[document.entry]?.y);
    const back = backEdges(document.entry, document.edges);
    for (const edge of document.edges)
      if (!back.has(edge))
        expect(positions[edge.to]?.y, `${edge.from} → ${edge.to}`).toBeGreaterThan(positions[edge.from]?.y ?? 0);
    for (const a of boxes)
      for (const b of boxes)
        if (a.id < b.id)
          expect(
            a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
            `${a.id} on ${b.id}`,
          ).toBe(false);
  });
});

describe("ways out of a card", () => {
  /** What a name may take of the lower edge. */
  const NAME = 92;
  const node = (kind: string, preset = {}) => freshNode(kind, "n", "en", preset);
  const rare = (one: ReturnType<typeof node>) => portsOf(one).flatMap(({ id, isRare }) => (isRare ? [id] : []));

  it("lets only failures stand back, never an answer", () => {
    expect(rare(node("approval"))).toEqual([]);
    expect(rare(node("survey"))).toEqual(["undeliverable"]);
    expect(rare(node("webhook"))).toEqual(["failed"]);
    expect(rare(node("reward", { grants: [{ is: "coupon", offer: OFFER }] }))).toEqual([
      "out_of_stock",
      "over_cap",
      "held",
      "refused",
    ]);
  });

  it.each(kindIds)("gives every usual name of %s room of its own, and the rare ways theirs", (kind) => {
    const one = node(kind);
    const { width } = sizeOf(one, portsOf);
    const at = (id: string) => width * portOffset(one, id, portsOf);
    const usual = portsOf(one).flatMap(({ id, isRare }) => (isRare ? [] : [at(id)]));
    for (const [i, x] of usual.entries()) {
      const before = usual[i - 1];
      expect(x - NAME / 2).toBeGreaterThanOrEqual(before === undefined ? 0 : before + NAME / 2);
      for (const id of rare(one)) expect(at(id) - 9, id).toBeGreaterThanOrEqual(x + NAME / 2);
    }
  });
});

describe("what nothing leads to", () => {
  const wait = (id: string) => ({ id, kind: "delay", config: { for: "P1D" } });
  const line = (from: string, to: string) => ({ from, port: "next", to });
  const drawing = (nodes: string[], edges: ReturnType<typeof line>[]) =>
    JourneyDocument.parse({ name: "Loose", entry: "t", nodes: nodes.map(wait), edges });

  it("stands in a lane at the right, above the step that it leads to", async () => {
    const document = drawing(
      ["t", "a", "b", "x", "y", "z"],
      [line("t", "a"), line("a", "b"), line("x", "y"), line("y", "b")],
    );
    const { positions: at } = await layout(new Bundled(), document, portsOf);
    const [t, b, x, y, z] = ["t", "b", "x", "y", "z"].map((id) => at[id] ?? { x: Number.NaN, y: Number.NaN });
    const { width = 0, height = 0 } = sizeOf(wait("t"), portsOf);
    for (const loose of [x, y, z]) expect(loose?.x).toBeGreaterThan((t?.x ?? 0) + width);
    expect(y?.y).toBeLessThanOrEqual((b?.y ?? 0) - height);
    expect(x?.y).toBeLessThan(y?.y ?? 0);
    // Another part has a lane of its own, and what leads nowhere begins beside the trigger.
    expect(z?.x).toBeGreaterThan((y?.x ?? 0) + width);
    expect(z?.y).toBe(0);
  });

  it("does not move the journey itself", async () => {
    const [led, all] = await Promise.all(
      [
        drawing(["t", "a"], [line("t", "a")]),
        drawing(["x", "t", "a", "y"], [line("t", "a"), line("x", "a"), line("y", "x")]),
      ].map((document) => layout(new Bundled(), document, portsOf)),
    );
    expect([all?.positions.t, all?.positions.a]).toEqual([led?.positions.t, led?.positions.a]);
  });

  it("is a part with all that hangs together, circles too", () => {
    const edges = [line("t", "a"), line("x", "y"), line("y", "x"), line("z", "a")];
    expect(looseParts(drawing(["t", "a", "x", "y", "z"], edges))).toEqual([["x", "y"], ["z"]]);
    expect(looseParts({ ...drawing(["a"], []), entry: "gone" })).toEqual([]);
  });
});

describe("a long fall", () => {
  const card = (x: number, y: number) => ({ x, y, width: 272, height: 96 });
  const crosses = (points: { x: number; y: number }[], box: ReturnType<typeof card>) =>
    points.slice(1).some((to, i) => {
      const from = points[i] ?? to;
      return (
        Math.max(from.x, to.x) > box.x &&
        Math.min(from.x, to.x) < box.x + box.width &&
        Math.max(from.y, to.y) > box.y &&
        Math.min(from.y, to.y) < box.y + box.height
      );
    });

  it("passes beside the card that stands in its way, and is straight where none does", () => {
    const [from, to] = [
      { x: 136, y: 96 },
      { x: 136, y: 320 },
    ];
    const between = card(0, 160);
    const lane = laneOf(from, to, [between]);
    expect(lane).toBeDefined();
    expect(crosses(corners(from, to, 44, { ...CLEAR, lane }), between)).toBe(false);
    expect(laneOf(from, to, [card(400, 160)])).toBeUndefined();
    expect(laneOf(from, { x: 136, y: 160 }, [between])).toBeUndefined();
  });

  it("falls above its target where only the way below its port is taken", () => {
    expect(laneOf({ x: 136, y: 96 }, { x: 600, y: 480 }, [card(0, 160), card(0, 320)])).toBe(600);
  });
});
