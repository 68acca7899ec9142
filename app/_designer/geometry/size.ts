import type { JourneyNode } from "@/core/journey/document";
import type { Port } from "@/core/journey/port";
import { familyOf, type PortsOf } from "../kinds";

/** Sizes are known without measuring, so that layout, room-making and the first paint need no browser. Multiples of 8. */
const WIDTH = 272;
const HEIGHT = 96;
export const NOTE_SIZE = { width: 208, height: 128 };
const END = { width: 160, height: 48 };
/** A way out with its label needs this much of the card's lower edge. */
const PORT = 96;
/** Where the first rare way stands from the card's right end, and how far they stand apart. */
const RARE = { inset: 18, gap: 26, label: 72 };
export const ROW_GAP = 64;
export const COLUMN_GAP = 48;

export type Size = { width: number; height: number };

export function sizeOf(node: JourneyNode, portsOf: PortsOf): Size {
  if (familyOf(node.kind) === "end") return END;
  const ports = portsOf(node);
  const loud = ports.filter((port) => !port.isRare).length;
  return { width: Math.max(WIDTH, loud * PORT + rareEnd(ports)), height: HEIGHT };
}

/** What of the lower edge belongs to the rare ways alone, in px: one usual way in the middle leaves them room as it is. */
function rareEnd(ports: readonly Port[]): number {
  const rare = ports.filter((port) => port.isRare).length;
  return rare === 0 || ports.length - rare < 2 ? 0 : RARE.label + (rare - 1) * RARE.gap;
}

/** Where along the card's lower edge a port sits, 0 to 1. Usual ports share the edge; rare ones stand at its right end. */
export function portOffset(node: JourneyNode, port: string, portsOf: PortsOf): number {
  const ports = portsOf(node);
  const { width } = sizeOf(node, portsOf);
  const loud = ports.filter((one) => !one.isRare);
  const rare = ports.filter((one) => one.isRare);
  const at = loud.findIndex((one) => one.id === port);
  if (at >= 0) return ((at * 2 + 1) / (loud.length * 2)) * (1 - rareEnd(ports) / width);
  const back = rare.length - 1 - rare.findIndex((one) => one.id === port);
  return 1 - (RARE.inset + back * RARE.gap) / width;
}
