import { getViewportForBounds, type Viewport } from "@xyflow/react";
import type { JourneyDocument } from "@/core/journey/document";
import { nodeOf, type Point } from "../edit/place";
import type { PortsOf } from "../kinds";
import { sizeOf } from "./size";

/** The free part of the canvas: what lies over its edges is kept clear. */
export const FIT = {
  /** The least room at the right. */
  right: 56,
  padding: { top: "40px", bottom: "64px", left: "232px", right: "56px" },
  maxZoom: 1,
  minZoom: 0.2,
} as const;
const [LEFT, RIGHT, TOP] = [232, 56, 40];
const READABLE = 0.8;

/** How a journey opens in a frame of that size: readable, its trigger at the top, in the middle of the free canvas. */
export function opening(
  document: JourneyDocument,
  positions: Record<string, Point>,
  frame: { width: number; height: number },
  portsOf: PortsOf,
): Viewport {
  const boxes = document.nodes.flatMap((node) => {
    const at = positions[node.id];
    return at ? [{ ...at, ...sizeOf(node, portsOf) }] : [];
  });
  const entry = positions[document.entry];
  const trigger = nodeOf(document, document.entry);
  if (!entry || !trigger || boxes.length === 0) return { x: 0, y: 0, zoom: 1 };
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  const whole = getViewportForBounds(
    { x: left, y: top, width: right - left, height: bottom - top },
    frame.width,
    frame.height,
    FIT.minZoom,
    FIT.maxZoom,
    FIT.padding,
  );
  const middle = (LEFT + frame.width - RIGHT) / 2;
  const zoom = Math.max(READABLE, whole.zoom);
  // A drawing that does not fit begins with its trigger in the middle.
  const centre = zoom > whole.zoom ? entry.x + sizeOf(trigger, portsOf).width / 2 : (left + right) / 2;
  return { x: middle - centre * zoom, y: TOP - entry.y * zoom, zoom };
}
