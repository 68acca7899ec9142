import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pitchAt, tileAt } from "./dots";

const zooms = fc.double({ min: 0.15, max: 2, noNaN: true });
const places = fc.double({ min: -1e5, max: 1e5, noNaN: true });

describe("the canvas's dots", () => {
  it("are 14 to 28 points apart: one for each, every second, fourth, … 20 units of the drawing", () => {
    fc.assert(
      fc.property(zooms, (zoom) => {
        const pitch = pitchAt(zoom);
        const octaves = Math.log2(pitch / zoom / 20);
        expect(pitch).toBeGreaterThanOrEqual(14);
        expect(pitch).toBeLessThan(28);
        expect(octaves).toBeCloseTo(Math.round(octaves));
      }),
    );
  });

  it("have one on the drawing's origin, to half a point, and begin above the window's edge", () => {
    fc.assert(
      fc.property(zooms, places, (zoom, at) => {
        const pitch = pitchAt(zoom);
        const tile = tileAt(at, pitch);
        const dots = (at - (tile + pitch / 2)) / pitch;
        expect(Number.isInteger(tile)).toBe(true);
        expect(Math.abs(dots - Math.round(dots)) * pitch).toBeLessThanOrEqual(0.5 + 1e-6);
        expect(tile + pitch / 2).toBeLessThanOrEqual(0.5);
      }),
    );
  });
});
