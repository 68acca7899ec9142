import type { JourneyDocument, JourneyEdge, JourneyNode } from "@/core/journey/document";
import type { PortsOf } from "../kinds";
import { type Edit, edgesFrom, nodeOf } from "./place";

/** By which port's way the line goes on where a step was, by the step's id; null = by none of them. */
export type Kept = Readonly<Record<string, string | null>>;

/**
 * Takes nodes out and heals the line: who led into a node now leads to where its kept port led, its first unless `kept` says so.
 * Further branches stay on the canvas, unhung, and the problem list says so. The trigger stays: a journey has one.
 */
export const remove =
  (ids: Iterable<string>, portsOf: PortsOf, kept: Kept = {}): Edit =>
  (document) =>
    removable(document, ids).reduce((now, id) => without(now, id, portsOf, kept), document);

/** A step that goes while several of its ways lead on to steps that stay: only one of them can take its place. */
export type Fork = { node: JourneyNode; ways: { port: string; to: string }[] };

/** The forks among the steps that `remove` takes out, in the drawing's order. Nothing is lost where no way leads into the step. */
export function forks(document: JourneyDocument, ids: Iterable<string>, portsOf: PortsOf): Fork[] {
  const going = new Set(removable(document, ids));
  const stays = (id: string, seen: Set<string>): string | undefined => {
    if (!going.has(id)) return id;
    const [first] = seen.has(id) ? [] : waysOut(document, id, portsOf);
    return first && stays(first.to, seen.add(id));
  };
  return document.nodes.flatMap((node) => {
    if (!going.has(node.id) || !document.edges.some(({ from, to }) => to === node.id && !going.has(from))) return [];
    const ways = waysOut(document, node.id, portsOf).flatMap(({ port, to }) => {
      const end = stays(to, new Set([node.id]));
      return end === undefined || end === node.id ? [] : [{ port, to: end }];
    });
    return new Set(ways.map(({ to }) => to)).size > 1 ? [{ node, ways }] : [];
  });
}

const removable = (document: JourneyDocument, ids: Iterable<string>): string[] =>
  [...ids].filter((id) => id !== document.entry && nodeOf(document, id));

/** The lines out of a step in the order of its ports, without one into itself. */
function waysOut(document: JourneyDocument, id: string, portsOf: PortsOf): JourneyEdge[] {
  const node = nodeOf(document, id);
  const order = node ? portsOf(node).map((port) => port.id) : [];
  return edgesFrom(document, id)
    .filter(({ to }) => to !== id)
    .sort((a, b) => order.indexOf(a.port) - order.indexOf(b.port));
}

function without(document: JourneyDocument, id: string, portsOf: PortsOf, kept: Kept): JourneyDocument {
  const ways = waysOut(document, id, portsOf);
  const port = kept[id];
  const heir = (port === undefined ? ways[0] : ways.find((way) => way.port === port))?.to;
  const edges = document.edges.flatMap((edge) => {
    if (edge.from === id) return [];
    if (edge.to !== id) return [edge];
    return heir !== undefined && heir !== edge.from ? [{ ...edge, to: heir }] : [];
  });
  return { ...document, nodes: document.nodes.filter((one) => one.id !== id), edges };
}
