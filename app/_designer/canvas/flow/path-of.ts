import type { JourneyDocument } from "@/core/journey/document";
import { nodeOf, type Point } from "../../edit/place";
import { corners } from "../../geometry/route";
import { portOffset, sizeOf } from "../../geometry/size";
import { portsOf } from "../../kinds";
import type { WireEdge } from "./lines";

/** The corner points of one line, as the canvas draws it. */
export function pathOf(document: JourneyDocument, positions: Record<string, Point>, wire: WireEdge): Point[] {
  const source = nodeOf(document, wire.source);
  const target = nodeOf(document, wire.target);
  const [from, to] = [positions[wire.source], positions[wire.target]];
  if (!source || !target || !from || !to || !wire.data) return [];
  const size = sizeOf(source, portsOf);
  return corners(
    { x: from.x + size.width * portOffset(source, wire.data.place.port, portsOf), y: from.y + size.height },
    { x: to.x + sizeOf(target, portsOf).width / 2, y: to.y },
    wire.data.turn,
    wire.data.clear,
  );
}
