import type { JourneyEdge, JourneyNode } from "@/core/journey/document";
import type { PortsOf } from "../kinds";
import type { Place } from "./place";

/** A piece's first step: the one that none of its own lines leads to. */
export function headOf(nodes: JourneyNode[], inner: JourneyEdge[]): JourneyNode {
  const head = nodes.find((node) => !inner.some((edge) => edge.to === node.id)) ?? nodes[0];
  if (!head) throw new Error("a piece of a journey has at least one step");
  return head;
}

/** A piece's end along first ports: where the rest of the journey goes on. Undefined where it ends, or turns in a circle. */
export function tailOf(
  head: JourneyNode,
  nodes: JourneyNode[],
  inner: JourneyEdge[],
  portsOf: PortsOf,
): Place | undefined {
  const seen = new Set<string>();
  let node: JourneyNode | undefined = head;
  while (node && !seen.has(node.id)) {
    seen.add(node.id);
    const port = portsOf(node)[0]?.id;
    if (port === undefined) return undefined;
    const place: Place = { from: node.id, port };
    const to = inner.find((edge) => edge.from === place.from && edge.port === place.port)?.to;
    if (to === undefined) return place;
    node = nodes.find((one) => one.id === to);
  }
  return undefined;
}
