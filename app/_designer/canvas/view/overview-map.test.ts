import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapOf, outlineOf, seenOn } from "./overview-map";

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

  it("shows each of a thousand steps in one column, however thin they are on it, and wide ones as they are", () => {
    const column = Array.from({ length: 1000 }, (_, i) => ({ x: 0, y: i * 160, width: 272, height: 96 }));
    const { scale } = mapOf(column, SIZE);
    const sides = [...outlineOf(column, scale).matchAll(/h([\d.]+)v([\d.]+)/g)];
    expect(sides).toHaveLength(1000);
    for (const [, width, height] of sides) {
      expect(Number(width) / scale).toBeGreaterThanOrEqual(2);
      expect(Number(height) / scale).toBeGreaterThanOrEqual(2);
    }
    expect(outlineOf([{ x: 10, y: 20, width: 272, height: 96 }], 8)).toBe("M10,20h272v96h-272z");
  });

  it("of an empty drawing is one of its origin", () => {
    expect(mapOf([], SIZE)).toEqual({ from: { x: 0, y: 0 }, scale: 1 });
  });
});
