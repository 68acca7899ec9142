import type { JourneyDocument } from "@/core/journey/document";
import type { PortsOf } from "../kinds";
import { headOf, tailOf } from "./piece";
import { type Edit, edgeOf, type Place, placeKey } from "./place";

/**
 * Takes steps out of the drawing and hangs them elsewhere, with the lines between them. Where they stood the line heals; where
 * they come to stand, what hung there goes on from their tail. Steps that end cannot be put between: then nothing changes.
 */
export const transplant =
  (ids: Iterable<string>, place: Place, portsOf: PortsOf): Edit =>
  (document) => {
    const taken = new Set([...ids].filter((id) => id !== document.entry));
    const nodes = document.nodes.filter((node) => taken.has(node.id));
    if (nodes.length === 0 || taken.has(place.from)) return document;
    const inner = document.edges.filter((edge) => taken.has(edge.from) && taken.has(edge.to));
    const head = headOf(nodes, inner);
    const tail = tailOf(head, nodes, inner, portsOf);
    const heir = tail && edgeOf(document, tail)?.to;
    const healed = document.edges.flatMap((edge) => {
      if (tail && placeKey(edge) === placeKey(tail)) return [];
      if (edge.to !== head.id || taken.has(edge.from)) return [edge];
      return heir !== undefined && heir !== edge.from ? [{ ...edge, to: heir }] : [];
    });
    const led = healed.find((edge) => placeKey(edge) === placeKey(place));
    if (led && !tail) return document;
    if (edgeOf(document, place)?.to === head.id) return document;
    const edges = [
      ...healed.filter((edge) => edge !== led),
      { ...place, to: head.id },
      ...(led && tail ? [{ ...tail, to: led.to }] : []),
    ];
    return { ...document, edges };
  };

/** Whether steps go on after their last one, so that they can be put between others. */
export function goesOn(document: JourneyDocument, ids: Set<string>, portsOf: PortsOf): boolean {
  const nodes = document.nodes.filter((node) => ids.has(node.id));
  const inner = document.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to));
  return nodes.length > 0 && tailOf(headOf(nodes, inner), nodes, inner, portsOf) !== undefined;
}
