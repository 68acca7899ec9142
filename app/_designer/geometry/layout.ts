import type { ELK, ElkNode } from "elkjs/lib/elk-api";
import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import { edgeOf, edgesFrom, type Point, placeKey } from "../edit/place";
import type { PortsOf } from "../kinds";
import { COLUMN_GAP, isQuiet, portOffset, ROW_GAP, sizeOf } from "./size";

export type Layout = { positions: Record<string, Point> };

/** How the layout engine is asked: places that were made in another way are not like its own. */
export const SPACING = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.layered.spacing.nodeNodeBetweenLayers": String(ROW_GAP),
  "elk.spacing.nodeNode": String(COLUMN_GAP),
  "elk.spacing.edgeNode": "24",
  "elk.spacing.edgeEdge": "16",
  "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
  "elk.layered.nodePlacement.bk.fixedAlignment": "BALANCED",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  // What leads back against the reading order is a loop: it is turned round for the layout, and the trigger stays on top.
  "elk.layered.cycleBreaking.strategy": "MODEL_ORDER",
  "elk.layered.crossingMinimization.forceNodeModelOrder": "false",
  // What hangs on nothing stands beside the journey, not above it.
  "elk.separateConnectedComponents": "false",
  "elk.randomSeed": "1",
};
/** The room an open port's "+" needs, so that branches do not run through it. */
const STUB = { width: 88, height: 40 };

/** The drawing as the layout engine wants it: ports in fixed order, nodes in reading order, a place kept for every open way out. */
export function toElk(document: JourneyDocument, portsOf: PortsOf): ElkNode {
  const ordered = downwards(document, portsOf);
  const children: ElkNode[] = ordered.map((node) => {
    const { width, height } = sizeOf(node, portsOf);
    return {
      id: node.id,
      width,
      height,
      layoutOptions: {
        "elk.portConstraints": "FIXED_POS",
        ...(node.id === document.entry && { "elk.layered.layering.layerConstraint": "FIRST" }),
      },
      ports: [
        { id: `${node.id}:in`, x: width / 2, y: 0, width: 0, height: 0, layoutOptions: { "elk.port.side": "NORTH" } },
        ...portsOf(node).map((port) => ({
          id: placeKey({ from: node.id, port: port.id }),
          x: width * portOffset(node, port.id, portsOf),
          y: height,
          width: 0,
          height: 0,
          layoutOptions: { "elk.port.side": "SOUTH" },
        })),
      ],
    };
  });
  const edges = ordered.flatMap((node) => {
    const ports = portsOf(node);
    const known = new Set(ports.map((port) => port.id));
    return [
      ...edgesFrom(document, node.id).map((edge) => ({
        id: `${placeKey(edge)}>${edge.to}`,
        sources: [known.has(edge.port) ? placeKey(edge) : node.id],
        targets: [`${edge.to}:in`],
      })),
      ...ports.flatMap((port) => {
        const place = { from: node.id, port: port.id };
        if (edgeOf(document, place) || isQuiet(node.kind, port.tone)) return [];
        const id = placeKey(place);
        children.push({ id: `${id}:open`, ...STUB });
        return [{ id, sources: [id], targets: [`${id}:open`] }];
      }),
    ];
  });
  return { id: "journey", layoutOptions: SPACING, children, edges };
}

/** Every node after all that lead to it, loops aside, first ports to the left: what then leads back is a loop and nothing else. */
function downwards(document: JourneyDocument, portsOf: PortsOf): JourneyNode[] {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  const done: JourneyNode[] = [];
  const visit = (id: string): void => {
    const node = nodes.get(id);
    if (!node || seen.has(id)) return;
    seen.add(id);
    const rank = new Map(portsOf(node).map((port, i) => [port.id, i]));
    const ways = edgesFrom(document, id).toSorted((a, b) => (rank.get(b.port) ?? -1) - (rank.get(a.port) ?? -1));
    for (const { to } of ways) visit(to);
    done.push(node);
  };
  visit(document.entry);
  const led = done.splice(0).toReversed();
  for (const node of document.nodes.toReversed()) visit(node.id);
  return [...led, ...done.toReversed()];
}

/** Places every node, top to bottom; the trigger's top centre is the origin, so that nothing jumps when the rest grows. */
export async function layout(elk: Pick<ELK, "layout">, document: JourneyDocument, portsOf: PortsOf): Promise<Layout> {
  const placed = await elk.layout(toElk(document, portsOf));
  const own = new Set(document.nodes.map((node) => node.id));
  const children = (placed.children ?? []).filter((child) => own.has(child.id));
  const entry = children.find((child) => child.id === document.entry) ?? children[0];
  const origin = { x: (entry?.x ?? 0) + (entry?.width ?? 0) / 2, y: entry?.y ?? 0 };
  return {
    positions: Object.fromEntries(
      children.map((child) => [
        child.id,
        { x: Math.round((child.x ?? 0) - origin.x), y: Math.round((child.y ?? 0) - origin.y) },
      ]),
    ),
  };
}
