import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import { nodeOf, type Place, type Point } from "../../edit/place";
import { type Box, type Clear, LONG, laneOf } from "../../geometry/route";
import { portOffset, sizeOf } from "../../geometry/size";
import { portsOf } from "../../kinds";

/** What a line leads from and to. */
export type Ends = { source: JourneyNode; place: Place; target: string };
/** Of a line whose way only its own two cards decide. */
export const ANYWHERE: Clear = { left: 0, right: 0 };
/** So far from the outermost card a line passes it. */
const OUTSIDE = 40;

/**
 * What lines have to pass: one that leads back up, how far out the drawing reaches; with `passes`, one that falls far, the cards in its way.
 * Two drawings as one lie closer than one that is drawn: only there a line may meet what is gone. It costs a drag too much.
 */
export function clearing(
  document: JourneyDocument,
  positions: Record<string, Point>,
  passes = false,
): (line: Ends) => Clear {
  let outside: Clear | undefined;
  let boxes: (Box & { id: string })[] | undefined;
  return ({ source, target, place }) => {
    const [from, to] = [positions[source.id], positions[target]];
    if (!from || !to) return ANYWHERE;
    const size = sizeOf(source, portsOf);
    if (to.y <= from.y + size.height + 20) {
      outside ??= reach(document, positions);
      return outside;
    }
    const aim = passes ? nodeOf(document, target) : undefined;
    if (!aim) return ANYWHERE;
    const port = { x: from.x + size.width * portOffset(source, place.port, portsOf), y: from.y + size.height };
    if (to.y - port.y <= LONG) return ANYWHERE;
    const top = { x: to.x + sizeOf(aim, portsOf).width / 2, y: to.y };
    boxes ??= document.nodes.flatMap((node) => {
      const at = positions[node.id];
      return at ? [{ id: node.id, ...at, ...sizeOf(node, portsOf) }] : [];
    });
    const lane = laneOf(
      port,
      top,
      boxes.filter(({ id }) => id !== source.id && id !== target),
    );
    return lane === undefined ? ANYWHERE : { ...ANYWHERE, lane };
  };
}

function reach(document: JourneyDocument, positions: Record<string, Point>): Clear {
  let [left, right] = [0, 0];
  for (const node of document.nodes) {
    const at = positions[node.id];
    if (!at) continue;
    left = Math.min(left, at.x);
    right = Math.max(right, at.x + sizeOf(node, portsOf).width);
  }
  return { left: left - OUTSIDE, right: right + OUTSIDE };
}
