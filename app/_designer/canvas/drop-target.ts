import type { JourneyDocument } from "@/core/journey/document";
import { edgeOf, type Place, type Point } from "../edit/place";
import { distance, middle } from "../geometry/route";
import { portOffset, sizeOf } from "../geometry/size";
import { portsOf } from "../kinds";
import { wires } from "./flow/lines";
import { pathOf } from "./flow/path-of";

/** In points of the screen, which is what a hand aims by: seen from far away it is more of the drawing. */
const REACH = 48;
/** A card that stands already is also just put somewhere: it is hung elsewhere only when dropped right on the place. */
const CLOSE = 22;
/** Units of the drawing by which a line may leave the span between its cards' tops: a card's height, and the turn below it. */
const BEYOND = 160;
export type DropTarget = { place: Place; at: Point };

/** What a step dragged over the canvas would be hung on: the nearest open port or line within reach. `moving` steps offer none. */
export function dropTarget(
  document: JourneyDocument,
  positions: Record<string, Point>,
  point: Point,
  canInsert: boolean,
  zoom: number,
  moving?: ReadonlySet<string>,
): DropTarget | undefined {
  const found: { target: DropTarget; away: number }[] = [];
  for (const node of document.nodes) {
    const at = positions[node.id];
    if (!at || moving?.has(node.id)) continue;
    const size = sizeOf(node, portsOf);
    for (const port of portsOf(node)) {
      if (edgeOf(document, { from: node.id, port: port.id })) continue;
      const plus = { x: at.x + size.width * portOffset(node, port.id, portsOf), y: at.y + size.height + 34 };
      found.push({
        target: { place: { from: node.id, port: port.id }, at: plus },
        away: Math.hypot(plus.x - point.x, plus.y - point.y) - 8,
      });
    }
  }
  const reach = (moving ? CLOSE : REACH) / Math.min(zoom, 1);
  if (canInsert)
    for (const wire of wires(document, positions, (from, to) => isBeside(point, from, to, reach))) {
      if (moving?.has(wire.source) || moving?.has(wire.target)) continue;
      const points = pathOf(document, positions, wire);
      if (points.length > 1 && wire.data)
        found.push({ target: { place: wire.data.place, at: middle(points) }, away: distance(point, points) });
    }
  const nearest = found.sort((a, b) => a.away - b.away)[0];
  return nearest && nearest.away <= reach ? nearest.target : undefined;
}

/** A line lies between the heights of its two cards, but for the little it goes beyond them; most lie elsewhere. */
const isBeside = (point: Point, from: Point, to: Point, reach: number): boolean =>
  point.y > Math.min(from.y, to.y) - BEYOND - reach && point.y < Math.max(from.y, to.y) + BEYOND + reach;
