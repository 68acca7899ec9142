import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import type { Port } from "@/core/journey/kind";
import type { PortsOf } from "../kinds";
import { edgeOf } from "./place";

/** A stop on the way along the drawing. `by` is the port that led here; `again` = this node was already visited (a loop or a meeting). */
export type Stop = { node: JourneyNode; depth: number; by?: { from: string; port: Port }; again: boolean };

/** The journey in reading order: from the trigger, first port first; what hangs on nothing comes last. */
export function walk(document: JourneyDocument, portsOf: PortsOf): Stop[] {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  const stops: Stop[] = [];
  const visit = (id: string, depth: number, by?: Stop["by"]): void => {
    const node = nodes.get(id);
    if (!node) return;
    const again = seen.has(id);
    stops.push({ node, depth, by, again });
    if (again) return;
    seen.add(id);
    const ports = portsOf(node);
    for (const port of ports) {
      const edge = edgeOf(document, { from: id, port: port.id });
      if (edge) visit(edge.to, depth + (ports.length > 1 ? 1 : 0), { from: id, port });
    }
  };
  visit(document.entry, 0);
  for (const node of document.nodes)
    if (!seen.has(node.id) && !document.edges.some((edge) => edge.to === node.id)) visit(node.id, 0);
  for (const node of document.nodes) if (!seen.has(node.id)) visit(node.id, 0);
  return stops;
}

export type Direction = "up" | "down" | "left" | "right";

/** The neighbour along the lines: up to who leads here, down by the first port, sideways to the branch beside. */
export function neighbour(
  document: JourneyDocument,
  id: string,
  direction: Direction,
  portsOf: PortsOf,
): string | undefined {
  const ordered = (from: string) => {
    const node = document.nodes.find((one) => one.id === from);
    return node ? portsOf(node).flatMap((port) => edgeOf(document, { from, port: port.id })?.to ?? []) : [];
  };
  if (direction === "down") return ordered(id)[0];
  const parent = document.edges.find((edge) => edge.to === id)?.from;
  if (direction === "up" || parent === undefined) return direction === "up" ? parent : undefined;
  const beside = ordered(parent);
  return beside[beside.indexOf(id) + (direction === "left" ? -1 : 1)];
}
