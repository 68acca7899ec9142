import type { JourneyDocument } from "@/core/journey/document";
import type { PortsOf } from "../kinds";
import type { Edit } from "./place";

/**
 * Takes nodes out and heals the line: who led into a node now leads to where its first port led. Further branches stay on the
 * canvas, unhung, and the problem list says so. The trigger stays: a journey has one.
 */
export const remove =
  (ids: Iterable<string>, portsOf: PortsOf): Edit =>
  (document) => {
    const going = [...ids].filter((id) => id !== document.entry && document.nodes.some((node) => node.id === id));
    return going.reduce((now, id) => without(now, id, portsOf), document);
  };

function without(document: JourneyDocument, id: string, portsOf: PortsOf): JourneyDocument {
  const node = document.nodes.find((one) => one.id === id);
  if (!node) return document;
  const order = portsOf(node).map((port) => port.id);
  const outs = document.edges
    .filter((edge) => edge.from === id && edge.to !== id)
    .sort((a, b) => order.indexOf(a.port) - order.indexOf(b.port));
  const heir = outs[0]?.to;
  const edges = document.edges.flatMap((edge) => {
    if (edge.from === id) return [];
    if (edge.to !== id) return [edge];
    return heir !== undefined && heir !== edge.from ? [{ ...edge, to: heir }] : [];
  });
  return { ...document, nodes: document.nodes.filter((one) => one.id !== id), edges };
}
