import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import { COLUMN_GAP, ROW_GAP, sizeOf } from "../geometry/size";
import type { PortsOf } from "../kinds";
import { type Edit, edgeOf, isArrangedByHand, nodeOf, type Place, type Point } from "./place";

/**
 * Hangs a new node on a port. What hung there before goes on from the new node's first port. In a drawing arranged by hand the
 * node gets a place below its source, and what lies below makes room.
 */
export const insert =
  (node: JourneyNode, place: Place, portsOf: PortsOf): Edit =>
  (document) => {
    if (!nodeOf(document, place.from) || nodeOf(document, node.id)) return document;
    const led = edgeOf(document, place)?.to;
    const out = portsOf(node)[0]?.id;
    const edges = document.edges.filter((edge) => edge.from !== place.from || edge.port !== place.port);
    edges.push({ ...place, to: node.id });
    if (led !== undefined && out !== undefined) edges.push({ from: node.id, port: out, to: led });
    const grown = { ...document, nodes: [...document.nodes, node], edges };
    return isArrangedByHand(document) ? withRoom(grown, node, place, led, portsOf) : grown;
  };

/** Puts a new node on the empty canvas, hung on nothing. */
export const add =
  (node: JourneyNode, at: Point): Edit =>
  (document) => ({
    ...document,
    nodes: [...document.nodes, { ...node, at: { x: Math.round(at.x), y: Math.round(at.y) } }],
  });

function withRoom(
  document: JourneyDocument,
  node: JourneyNode,
  place: Place,
  led: string | undefined,
  portsOf: PortsOf,
): JourneyDocument {
  const source = nodeOf(document, place.from);
  if (!source?.at) return document;
  const size = sizeOf(node, portsOf);
  const above = sizeOf(source, portsOf);
  const at = { x: source.at.x + Math.round((above.width - size.width) / 2), y: source.at.y + above.height + ROW_GAP };
  const below = led === undefined ? undefined : nodeOf(document, led);
  if (below?.at) {
    at.x = below.at.x + Math.round((sizeOf(below, portsOf).width - size.width) / 2);
    const down = at.y + size.height + ROW_GAP - below.at.y;
    const moving = down > 0 ? downstream(document, below.id, new Set([place.from, node.id])) : new Set<string>();
    return {
      ...document,
      nodes: document.nodes.map((one) => {
        if (one.id === node.id) return { ...one, at };
        return one.at && moving.has(one.id) ? { ...one, at: { x: one.at.x, y: one.at.y + down } } : one;
      }),
    };
  }
  const others = document.nodes.filter((one) => one.at && one.id !== node.id);
  const isTaken = () =>
    others.some((one) => {
      const its = sizeOf(one, portsOf);
      return (
        one.at &&
        one.at.x < at.x + size.width + COLUMN_GAP / 2 &&
        at.x < one.at.x + its.width + COLUMN_GAP / 2 &&
        one.at.y < at.y + size.height + ROW_GAP / 2 &&
        at.y < one.at.y + its.height + ROW_GAP / 2
      );
    });
  while (isTaken()) at.x += COLUMN_GAP;
  return { ...document, nodes: document.nodes.map((one) => (one.id === node.id ? { ...one, at } : one)) };
}

/** Everything that can be reached from a node, itself included, not passing `walls`. */
function downstream(document: JourneyDocument, from: string, walls: Set<string>): Set<string> {
  const found = new Set<string>();
  const next = [from];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (found.has(id) || walls.has(id)) continue;
    found.add(id);
    for (const edge of document.edges) if (edge.from === id) next.push(edge.to);
  }
  return found;
}
