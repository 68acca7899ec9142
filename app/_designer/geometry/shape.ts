import { sha256Hex } from "@/core/hash";
import type { JourneyDocument } from "@/core/journey/document";
import type { Point } from "../edit/place";
import { portsOf } from "../kinds";
import { LANE_GAP, SPACING } from "./layout";
import { sizeOf } from "./size";

export type Positions = Record<string, Point>;
/** Where the cards of a drawing of that shape stand. */
export type Places = { shape: string; positions: Positions };

/** All that decides a layout, as a sum: typing into a text does not change it. */
export const shapeOf = (document: JourneyDocument): string =>
  sha256Hex(
    JSON.stringify([
      SPACING,
      LANE_GAP,
      document.entry,
      document.edges,
      document.nodes.map((node) => [
        node.id,
        node.at,
        sizeOf(node, portsOf),
        portsOf(node).map(({ id, tone }) => [id, tone]),
      ]),
    ]),
  );

/** Where everything stands in a drawing whose every card was dragged. */
export const byHand = (document: JourneyDocument): Positions | undefined =>
  document.nodes.every((node) => node.at) ? pinnedOf(document) : undefined;

/** What nobody placed, in a drawing arranged by hand, stands to the step above it as the layout would have it. */
export function beside(document: JourneyDocument, free: Positions): Positions {
  const placed: Positions = pinnedOf(document);
  const above = new Map(document.edges.map((edge) => [edge.to, edge.from]));
  const place = (id: string, seen: Set<string>): Point | undefined => {
    if (placed[id] || seen.has(id)) return placed[id];
    const own = free[id];
    const source = above.get(id);
    const [wanted, stands] = source === undefined ? [] : [free[source], place(source, seen.add(id))];
    const at = own && wanted && stands ? { x: own.x + stands.x - wanted.x, y: own.y + stands.y - wanted.y } : own;
    if (at) placed[id] = at;
    return at;
  };
  for (const { id } of document.nodes) place(id, new Set());
  return placed;
}

const pinnedOf = (document: JourneyDocument): Positions =>
  Object.fromEntries(document.nodes.flatMap((node) => (node.at ? [[node.id, node.at]] : [])));
