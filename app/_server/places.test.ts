import { describe, expect, it } from "vitest";
import { JourneyDocument } from "@/core/journey/document";
import { shapeOf } from "../_designer/geometry/shape";
import { placesOf } from "./places";

/** So many messages one after another. */
const drawing = (steps: number, at?: { x: number; y: number }): JourneyDocument => {
  const nodes = Array.from({ length: steps }, (_, i) => ({
    id: `n${i}`,
    kind: i === 0 ? "on-event" : "delay",
    config: i === 0 ? { event: "order_paid", when: { all: [] } } : { for: "P1D" },
    ...(at && { at: { x: at.x, y: at.y + i * 160 } }),
  }));
  return JourneyDocument.parse({
    name: "places",
    entry: "n0",
    nodes,
    edges: nodes.slice(1).map(({ id }, i) => ({ from: `n${i}`, port: "next", to: id })),
    settings: { reentry: { is: "always" } },
  });
};

describe("places that come with the page", () => {
  it("are of every card, each below the one before, under the sum that the browser knows the drawing by", async () => {
    const places = await placesOf(drawing(12));
    expect(places?.shape).toBe(shapeOf(drawing(12)));
    const heights = Array.from({ length: 12 }, (_, i) => places?.positions[`n${i}`]?.y ?? Number.NaN);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    expect(new Set(heights).size).toBe(12);
  });

  it("are found once for a shape, whatever its texts say", async () => {
    const renamed = drawing(9);
    const first = placesOf(drawing(9));
    expect(
      placesOf({ ...renamed, name: "another", nodes: renamed.nodes.map((node) => ({ ...node, title: "x" })) }),
    ).toBe(first);
    expect(placesOf(drawing(10))).not.toBe(first);
  });

  it("are left to the browser where the drawing says them, and where finding them would keep others waiting", () => {
    expect(placesOf(drawing(5, { x: 0, y: 0 }))).toBeUndefined();
    expect(placesOf(drawing(401))).toBeUndefined();
  });
});
