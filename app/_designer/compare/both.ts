import { diff, type NodePart, type SettingPart } from "@/core/journey/diff";
import type { JourneyDocument, JourneyEdge, JourneyNode } from "@/core/journey/document";
import type { Port } from "@/core/journey/kind";
import { rootOf } from "@/core/journey/rooted";
import { isArrangedByHand, placeKey } from "../edit/place";
import { sizeOf } from "../geometry/size";
import type { PortsOf } from "../kinds";

/** How a step differs. `before`: as it was, for one that is changed or gone. */
export type NodeMark =
  | { is: "added" }
  | { is: "removed"; before: JourneyNode }
  | { is: "changed"; before: JourneyNode; parts: NodePart[] };
export type WireMark = "added" | "removed";
export type Marks = {
  nodes: ReadonlyMap<string, NodeMark>;
  wires: ReadonlyMap<JourneyEdge, WireMark>;
  /** The ways that a step has lost, by `placeKey`: lines that are gone began there. */
  lost: ReadonlyMap<string, Port>;
  settings: SettingPart[];
};
/** `shows`: the id under which each step of the earlier drawing is shown. */
export type Both = { document: JourneyDocument; marks: Marks; shows: ReadonlyMap<string, string> };

/**
 * Two drawings as one: the later one, with what it lost still in it, each difference marked. Steps lie where the later drawing has them; when
 * something lost would lie on something there, all are laid out anew.
 */
export function both(from: JourneyDocument, to: JourneyDocument, portsOf: PortsOf): Both {
  const changes = diff(from, to);
  const stays = new Map(to.nodes.map((node) => [rootOf(node), node.id]));
  const taken = new Set(to.nodes.map(({ id }) => id));
  const shown = new Map<string, string>();
  for (const node of from.nodes) {
    const id = stays.get(rootOf(node)) ?? unlike(node.id, taken);
    taken.add(id);
    shown.set(node.id, id);
  }
  const was = new Map(from.nodes.map((node) => [node.id, node]));
  const marks = new Map<string, NodeMark>(changes.nodes.added.map(({ node }) => [node, { is: "added" }]));
  for (const { node, was: old, parts } of changes.nodes.changed) {
    const before = was.get(old);
    if (before) marks.set(node, { is: "changed", before, parts });
  }
  const gone = changes.nodes.removed.flatMap(({ node: id }): JourneyNode[] => {
    const before = was.get(id);
    const as = shown.get(id);
    if (!before || as === undefined) return [];
    marks.set(as, { is: "removed", before });
    return [{ ...before, id: as }];
  });
  const wires = new Map<JourneyEdge, WireMark>(changes.edges.added.map((edge) => [edge, "added"]));
  const lost = new Map<string, Port>();
  const cut = changes.edges.removed.flatMap((edge): JourneyEdge[] => {
    const [source, target] = [shown.get(edge.from), shown.get(edge.to)];
    if (source === undefined || target === undefined) return [];
    const line = { from: source, port: edge.port, to: target };
    wires.set(line, "removed");
    const port = portsOf(was.get(edge.from) ?? EMPTY).find(({ id }) => id === edge.port);
    if (port) lost.set(placeKey(line), port);
    return [line];
  });
  const document = settled(
    { ...to, nodes: [...to.nodes, ...gone], edges: [...to.edges, ...cut] },
    gone.map(({ id }) => id),
    portsOf,
  );
  return { document, marks: { nodes: marks, wires, lost, settings: changes.settings }, shows: shown };
}

const EMPTY: Pick<JourneyNode, "kind" | "config"> = { kind: "", config: {} };

/** An id that another step does not go by. */
function unlike(id: string, taken: ReadonlySet<string>): string {
  let free = id;
  for (let n = 1; taken.has(free); n++) free = `${id.slice(0, 58)}-${n}`;
  return free;
}

function settled(document: JourneyDocument, gone: string[], portsOf: PortsOf): JourneyDocument {
  if (!isArrangedByHand(document) || gone.length === 0) return document;
  const boxes = document.nodes.flatMap((node) => (node.at ? [{ node, at: node.at, ...sizeOf(node, portsOf) }] : []));
  const lies = (one: (typeof boxes)[number]) =>
    boxes.some(
      (other) =>
        other.node !== one.node &&
        one.at.x < other.at.x + other.width &&
        other.at.x < one.at.x + one.width &&
        one.at.y < other.at.y + other.height &&
        other.at.y < one.at.y + one.height,
    );
  const isClear = gone.every((id) => {
    const box = boxes.find(({ node }) => node.id === id);
    return box !== undefined && !lies(box);
  });
  return isClear ? document : { ...document, nodes: document.nodes.map(({ at: _, ...node }) => node) };
}
