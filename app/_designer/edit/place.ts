import type { JourneyDocument, JourneyEdge, JourneyNode } from "@/core/journey/document";

/** One way out of a node: where something can be hung, or put between. */
export type Place = { from: string; port: string };
export type Point = { x: number; y: number };
/** A pure change of the drawing. */
export type Edit = (document: JourneyDocument) => JourneyDocument;

export const nodeOf = (document: JourneyDocument, id: string): JourneyNode | undefined =>
  nodesOf(document.nodes).get(id);
export const edgeOf = (document: JourneyDocument, place: Place): JourneyEdge | undefined =>
  edgesOf(document.edges).get(placeKey(place));

/** All lines out of a step; where two drawings are shown as one, several may leave by one port. */
export const edgesFrom = (document: JourneyDocument, id: string): JourneyEdge[] =>
  linesFrom(document.edges).get(id) ?? [];

/** Names a way out in one string, for maps and for the canvas. */
export const placeKey = ({ from, port }: Place): string => `${from}:${port}`;

/** Somebody has dragged a node: from then on nothing moves by itself, until it is tidied. */
export const isArrangedByHand = (document: JourneyDocument): boolean =>
  document.nodes.some((node) => node.at !== undefined);

// Documents never change in place, so a list's index holds as long as the list: a drag asks for every line in every frame.
const nodesOf = indexed((node: JourneyNode) => node.id);
const edgesOf = indexed((edge: JourneyEdge) => placeKey(edge));

const leaving = new WeakMap<JourneyEdge[], Map<string, JourneyEdge[]>>();
function linesFrom(edges: JourneyEdge[]): Map<string, JourneyEdge[]> {
  const known = leaving.get(edges);
  if (known) return known;
  const lines = new Map<string, JourneyEdge[]>();
  for (const edge of edges) {
    const beside = lines.get(edge.from);
    if (beside) beside.push(edge);
    else lines.set(edge.from, [edge]);
  }
  leaving.set(edges, lines);
  return lines;
}

function indexed<T>(key: (one: T) => string): (list: T[]) => Map<string, T> {
  const known = new WeakMap<T[], Map<string, T>>();
  return (list) => {
    let index = known.get(list);
    if (!index) {
      index = new Map(list.toReversed().map((one) => [key(one), one]));
      known.set(list, index);
    }
    return index;
  };
}
