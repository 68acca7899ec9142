import fc from "fast-check";
import { expect, it } from "vitest";
import type { Box } from "../geometry/route";
import { freeBeside } from "./free-place";

const box: fc.Arbitrary<Box> = fc.record({
  x: fc.integer({ min: -800, max: 800 }),
  y: fc.integer({ min: -800, max: 800 }),
  width: fc.integer({ min: 1, max: 400 }),
  height: fc.integer({ min: 1, max: 200 }),
});
const boxes = fc.array(box, { minLength: 1, maxLength: 6 });
const GAP = 48;

it("puts a copy right beside its original where nothing stands there, else past what does", () => {
  const [mine, next] = [
    { x: 100, y: 40, width: 272, height: 96 },
    { x: 420, y: 0, width: 272, height: 96 },
  ];
  expect(freeBeside([mine], [mine], GAP)).toEqual({ x: 420, y: 40 });
  expect(freeBeside([mine], [mine, next], GAP)).toEqual({ x: 740, y: 40 });
});

it("lies on nothing, whatever is copied among whatever stands there", () => {
  fc.assert(
    fc.property(boxes, boxes, (piece, others) => {
      const all = [...piece, ...others];
      const to = freeBeside(piece, all, GAP);
      const by = {
        x: to.x - Math.min(...piece.map(({ x }) => x)),
        y: to.y - Math.min(...piece.map(({ y }) => y)),
      };
      const copies = piece.map((one) => ({ ...one, x: one.x + by.x, y: one.y + by.y }));
      for (const copy of copies)
        for (const other of all)
          expect(
            copy.x + copy.width <= other.x ||
              other.x + other.width <= copy.x ||
              copy.y + copy.height <= other.y ||
              other.y + other.height <= copy.y,
          ).toBe(true);
    }),
  );
});
