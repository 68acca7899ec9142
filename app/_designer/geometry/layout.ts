import type { ELK, ElkNode } from "elkjs/lib/elk-api";
import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import { edgeOf, edgesFrom, type Point, placeKey } from "../edit/place";
import type { PortsOf } from "../kinds";
import { looseParts } from "./loose";
import { COLUMN_GAP, portOffset, ROW_GAP, type Size, sizeOf } from "./size";

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
  // What a part of the drawing has no lines between stands side by side.
  "elk.separateConnectedComponents": "false",
  "elk.randomSeed": "1",
};
/** Between the journey and what hangs on nothing. */
export const LANE_GAP = 96;
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
        if (edgeOf(document, place) || port.isRare) return [];
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

/**
 * Places every node, top to bottom; the trigger's top centre is the origin, so that nothing jumps when the rest grows. What nothing leads to stands
 * in lanes of its own at the right, above the step that it leads to.
 */
export async function layout(elk: Engine, document: JourneyDocument, portsOf: PortsOf): Promise<Layout> {
  const loose = looseParts(document);
  const isLoose = new Set(loose.flat());
  const led = document.nodes.filter(({ id }) => !isLoose.has(id));
  const [main, ...parts] = await Promise.all([
    place(
      elk,
      document,
      led.map(({ id }) => id),
      portsOf,
    ),
    ...loose.map((part) => place(elk, document, part, portsOf)),
  ]);
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const size = (id: string): Size => {
    const node = nodes.get(id);
    return node ? sizeOf(node, portsOf) : { width: 0, height: 0 };
  };
  const ends = (at: Record<string, Point>) => Object.entries(at).map(([id, { x }]) => x + size(id).width);
  const positions = { ...main };
  let right = Math.max(...ends(positions));
  for (const part of parts) {
    const left = Math.min(...Object.values(part).map(({ x }) => x));
    const top = Math.min(...Object.values(part).map(({ y }) => y));
    const rises = document.edges.flatMap(({ from, to }) => {
      const [own, aim] = [part[from], main[to]];
      return own && aim ? [aim.y - ROW_GAP - (own.y - top) - size(from).height] : [];
    });
    const by = { x: right + LANE_GAP - left, y: Math.min(...rises, ...(rises.length === 0 ? [0] : [])) - top };
    for (const [id, { x, y }] of Object.entries(part)) positions[id] = { x: x + by.x, y: y + by.y };
    right = Math.max(right, ...Object.keys(part).map((id) => (positions[id]?.x ?? 0) + size(id).width));
  }
  return { positions };
}

type Engine = Pick<ELK, "layout">;

/** Places some of the nodes, by the lines among them. */
async function place(
  elk: Engine,
  { nodes, edges, ...document }: JourneyDocument,
  ids: readonly string[],
  portsOf: PortsOf,
): Promise<Record<string, Point>> {
  const own = new Set(ids);
  const part = {
    ...document,
    nodes: nodes.filter(({ id }) => own.has(id)),
    edges: edges.filter(({ from, to }) => own.has(from) && own.has(to)),
  };
  const placed = await elk.layout(toElk(part, portsOf));
  const children = (placed.children ?? []).filter(({ id }) => own.has(id));
  const entry = children.find(({ id }) => id === document.entry) ?? children[0];
  const origin = { x: (entry?.x ?? 0) + (entry?.width ?? 0) / 2, y: entry?.y ?? 0 };
  return Object.fromEntries(
    children.map(({ id, x = 0, y = 0 }) => [id, { x: Math.round(x - origin.x), y: Math.round(y - origin.y) }]),
  );
}
