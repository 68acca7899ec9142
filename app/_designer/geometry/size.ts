import type { JourneyNode } from "@/core/journey/document";
import { familyOf, type PortsOf } from "../kinds";

/** Sizes are known without measuring, so that layout, room-making and the first paint need no browser. Multiples of 8. */
const WIDTH = 272;
const HEIGHT = 96;
const END = { width: 160, height: 48 };
/** A way out with its label needs this much of the card's lower edge. */
const PORT = 96;
export const ROW_GAP = 64;
export const COLUMN_GAP = 48;

export type Size = { width: number; height: number };

export function sizeOf(node: JourneyNode, portsOf: PortsOf): Size {
  if (familyOf(node.kind) === "end") return END;
  const loud = portsOf(node).filter((port) => !isQuiet(node.kind, port.tone)).length;
  return { width: Math.max(WIDTH, loud * PORT), height: HEIGHT };
}

/** What seldom happens to an action (out of stock, over the cap) stands back until it leads somewhere. */
export const isQuiet = (kind: string, tone: "yes" | "no" | "late" | undefined): boolean =>
  tone === "no" && familyOf(kind) === "action";

/** Where along the card's lower edge a port sits, 0 to 1. Loud ports share the edge; quiet ones stand at its right end. */
export function portOffset(node: JourneyNode, port: string, portsOf: PortsOf): number {
  const ports = portsOf(node);
  const loud = ports.filter((one) => !isQuiet(node.kind, one.tone));
  const quiet = ports.filter((one) => isQuiet(node.kind, one.tone));
  const at = loud.findIndex((one) => one.id === port);
  if (at >= 0) return (at * 2 + 1) / (loud.length * 2);
  const width = sizeOf(node, portsOf).width;
  const back = quiet.length - 1 - quiet.findIndex((one) => one.id === port);
  return 1 - (18 + back * 26) / width;
}
