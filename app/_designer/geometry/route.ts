import type { Point } from "../edit/place";

const BEND = 12;
const LEAD = 28;
const SHORTEST = 20;
const LANE = 320;

/** A fall longer than this passes other cards, and turns sideways only just above its target. */
export const LONG = 140;
const MARGIN = 8;
export type Box = Point & { width: number; height: number };
/** How far out the drawing reaches; `lane`: where a long fall passes the cards in its way. */
export type Clear = { left: number; right: number; lane?: number | undefined };

/**
 * The corner points of a smooth orthogonal line from a port down into a node's top. `turn` is how far below the port it
 * turns sideways, so that lines of one card do not lie on each other. A line that must go back up passes on the side.
 */
export function corners(from: Point, to: Point, turn: number, clear: Clear): Point[] {
  const fall = to.y - from.y;
  if (fall >= SHORTEST) {
    if (clear.lane !== undefined && fall > LONG) {
      const [leave, enter] = [from.y + LEAD, to.y - LEAD - 8];
      return [
        from,
        { x: from.x, y: leave },
        { x: clear.lane, y: leave },
        { x: clear.lane, y: enter },
        { x: to.x, y: enter },
        to,
      ];
    }
    if (Math.abs(to.x - from.x) < 1) return [from, to];
    const y =
      fall > LONG
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

/**
 * Where a long fall passes: undefined where it meets nothing below its port, else above its target, else beside the cards in its way, the nearest
 * first. `boxes`: the other cards.
 */
export function laneOf(from: Point, to: Point, boxes: readonly Box[]): number | undefined {
  if (to.y - from.y <= LONG) return undefined;
  const between = boxes.filter(({ y, height }) => y < to.y - LEAD && y + height > from.y + LEAD);
  const isFree = (x: number) => between.every((box) => x <= box.x - MARGIN || x >= box.x + box.width + MARGIN);
  if (isFree(from.x)) return undefined;
  const beside = between.flatMap(({ x, width }) => [x - LEAD, x + width + LEAD]);
  return [to.x, ...beside.sort((a, b) => Math.abs(a - from.x) - Math.abs(b - from.x))].find(isFree);
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
