import type { Point } from "../../edit/place";
import type { Box } from "../../geometry/route";

export type Size = { width: number; height: number };
/** How a drawing lies on a map: `from` is what its upper left corner shows, `scale` how many units of the drawing one of its points has. */
export type OverviewMap = { from: Point; scale: number };

/** Round the drawing, in units of the drawing. */
const MARGIN = 120;

/** The map of that size that shows all of these boxes, in its middle. */
export function mapOf(boxes: readonly Box[], { width, height }: Size): OverviewMap {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  if (left > right) return { from: { x: 0, y: 0 }, scale: 1 };
  const scale = Math.max((right - left + 2 * MARGIN) / width, (bottom - top + 2 * MARGIN) / height);
  return {
    from: { x: (left + right - width * scale) / 2, y: (top + bottom - height * scale) / 2 },
    scale,
  };
}

/** What of the drawing is seen in a window of that size, on the map. `transform`: where its origin lies in the window, and its zoom. */
export function seenOn(
  { from, scale }: OverviewMap,
  [x, y, zoom]: readonly [number, number, number],
  { width, height }: Size,
): Box {
  return {
    x: (-x / zoom - from.x) / scale,
    y: (-y / zoom - from.y) / scale,
    width: width / zoom / scale,
    height: height / zoom / scale,
  };
}

/** What is smaller on the map is seen by nobody, in points of it. */
const LEAST = 2;

/** One path around all of the boxes, each as large as can be seen at that scale. */
export const outlineOf = (boxes: readonly Box[], scale: number): string =>
  boxes
    .map((box) => {
      const [width, height] = [Math.max(box.width, LEAST * scale), Math.max(box.height, LEAST * scale)];
      const [x, y] = [box.x - (width - box.width) / 2, box.y - (height - box.height) / 2];
      return `M${x},${y}h${width}v${height}h${-width}z`;
    })
    .join("");
