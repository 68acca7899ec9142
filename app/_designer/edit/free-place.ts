import type { Box } from "../geometry/route";
import type { Point } from "./place";

/** Where a piece of a drawing can stand at its own right with room around it: its upper left corner, in flow coordinates. */
export function freeBeside(piece: Box[], others: Box[], gap: number): Point {
  const corner = { x: Math.min(...piece.map(({ x }) => x)), y: Math.min(...piece.map(({ y }) => y)) };
  let x = Math.max(...piece.map((box) => box.x + box.width)) + gap;
  for (;;) {
    const by = x - corner.x;
    const least = piece.flatMap((mine) =>
      others
        .filter(
          (box) =>
            mine.x + by < box.x + box.width + gap &&
            box.x < mine.x + by + mine.width + gap &&
            mine.y < box.y + box.height + gap &&
            box.y < mine.y + mine.height + gap,
        )
        // Past what it would lie on.
        .map((box) => box.x + box.width + gap - (mine.x - corner.x)),
    );
    if (least.length === 0) return { x, y: corner.y };
    x = Math.max(...least);
  }
}
