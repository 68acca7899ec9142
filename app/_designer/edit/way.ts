import type { JourneyDocument } from "@/core/journey/document";
import type { PortsOf } from "../kinds";
import { edgeOf, nodeOf, type Place } from "./place";

/**
 * The way on which a new step comes after a node: its main one, its first port; what follows there goes on after the new step. A step
 * that leads nowhere on (`ends`) would cut that off: it takes the first open way, and undefined where none is.
 */
export function wayAfter(document: JourneyDocument, id: string, portsOf: PortsOf, ends = false): Place | undefined {
  const node = nodeOf(document, id);
  const main = node && portsOf(node)[0];
  return ends || !main ? openWay(document, id, portsOf) : { from: id, port: main.id };
}

/** The last open way of the drawing, for a step added with nothing selected. */
export function lastWay(document: JourneyDocument, portsOf: PortsOf): Place | undefined {
  for (const { id } of document.nodes.toReversed()) {
    const place = openWay(document, id, portsOf);
    if (place) return place;
  }
  return undefined;
}

function openWay(document: JourneyDocument, id: string, portsOf: PortsOf): Place | undefined {
  const node = nodeOf(document, id);
  const port = node && portsOf(node).find((one) => !edgeOf(document, { from: id, port: one.id }));
  return port && { from: id, port: port.id };
}
