import type { Point } from "../edit/place";

const BEND = 12;
const LEAD = 28;
const SHORTEST = 20;
const LANE = 320;

/**
 * The corner points of a smooth orthogonal line from a port down into a node's top. `turn` is how far below the port it
 * turns sideways, so that lines of one card do not lie on each other. A line that must go back up passes on the side.
 */
export function corners(from: Point, to: Point, turn: number, clear: { left: number; right: number }): Point[] {
  const fall = to.y - from.y;
  if (fall >= SHORTEST) {
    if (Math.abs(to.x - from.x) < 1) return [from, to];
    const y =
      fall > 140
        ? to.y - LEAD - 8
        : fall < LEAD * 2
          ? from.y + fall / 2
          : from.y + Math.min(Math.max(turn, LEAD), fall - LEAD + 8);
    return [from, { x: from.x, y }, { x: to.x, y }, to];
  }
  // Cards far apart sideways leave a lane between them; else the way round is outside of everything.
  const side =
    Math.abs(to.x - from.x) > LANE
      ? (from.x + to.x) / 2
      : Math.abs(clear.right - Math.max(from.x, to.x)) <= Math.abs(Math.min(from.x, to.x) - clear.left)
        ? clear.right
        : clear.left;
  return [
    from,
    { x: from.x, y: from.y + LEAD },
    { x: side, y: from.y + LEAD },
    { x: side, y: to.y - LEAD },
    { x: to.x, y: to.y - LEAD },
    to,
  ];
}

/** An SVG path through the corners, each rounded. */
export function smooth(points: Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let path = `M${first.x},${first.y}`;
  let before = first;
  rest.forEach((corner, i) => {
    const after = rest[i + 1];
    if (!after) {
      path += `L${corner.x},${corner.y}`;
      return;
    }
    const radius = Math.min(BEND, reach(before, corner) / 2, reach(corner, after) / 2);
    const enter = towards(corner, before, radius);
    const leave = towards(corner, after, radius);
    path += `L${enter.x},${enter.y}Q${corner.x},${corner.y} ${leave.x},${leave.y}`;
    before = corner;
  });
  return path;
}

/** The middle of the line, by length. */
export function middle(points: Point[]): Point {
  const spans = points.slice(1).map((point, i) => ({ from: points[i] ?? point, to: point }));
  let left = spans.reduce((sum, { from, to }) => sum + reach(from, to), 0) / 2;
  for (const { from, to } of spans) {
    const length = reach(from, to);
    if (left <= length) return length === 0 ? from : towards(from, to, left);
    left -= length;
  }
  return points.at(-1) ?? { x: 0, y: 0 };
}

/** How far a point is from the line. */
export function distance(point: Point, points: Point[]): number {
  return Math.min(
    ...points.slice(1).map((to, i) => {
      const from = points[i] ?? to;
      const square = (to.x - from.x) ** 2 + (to.y - from.y) ** 2;
      const share =
        square === 0
          ? 0
          : Math.max(
              0,
              Math.min(1, ((point.x - from.x) * (to.x - from.x) + (point.y - from.y) * (to.y - from.y)) / square),
            );
      return reach(point, { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) });
    }),
  );
}

const reach = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

function towards(from: Point, to: Point, by: number): Point {
  const length = reach(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length };
}
