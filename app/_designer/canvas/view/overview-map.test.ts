import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapOf, seenOn } from "./overview-map";

const SIZE = { width: 152, height: 104 };
const places = fc.double({ min: -1e5, max: 1e5, noNaN: true });
const boxes = fc.array(fc.record({ x: places, y: places, width: fc.constant(272), height: fc.constant(96) }), {
  minLength: 1,
  maxLength: 40,
});

describe("the overview map", () => {
  it("shows every card whole", () => {
    fc.assert(
      fc.property(boxes, (all) => {
        const { from, scale } = mapOf(all, SIZE);
        for (const { x, y, width, height } of all) {
          expect((x - from.x) / scale).toBeGreaterThan(0);
          expect((y - from.y) / scale).toBeGreaterThan(0);
          expect((x + width - from.x) / scale).toBeLessThan(SIZE.width);
          expect((y + height - from.y) / scale).toBeLessThan(SIZE.height);
        }
      }),
    );
  });

  it("frames what the window shows of it", () => {
    const map = { from: { x: -100, y: -50 }, scale: 10 };
    // The window's upper left corner shows 200, 100 of the drawing, at half its size.
    expect(seenOn(map, [-100, -50, 0.5], { width: 800, height: 400 })).toEqual({
      x: 30,
      y: 15,
      width: 160,
      height: 80,
    });
  });

  it("of an empty drawing is one of its origin", () => {
    expect(mapOf([], SIZE)).toEqual({ from: { x: 0, y: 0 }, scale: 1 });
  });
});
