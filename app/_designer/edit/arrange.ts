import type { JourneyDocument } from "@/core/journey/document";
import type { Edit, Point } from "./place";

const whole = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });

/** Puts nodes where they were dragged. The first drag pins all: `positions` holds every node of the canvas. */
export const move =
  (positions: Record<string, Point>): Edit =>
  (document) => ({
    ...document,
    nodes: document.nodes.map((node) => {
      const to = positions[node.id];
      return to ? { ...node, at: whole(to) } : node;
    }),
  });

export type Side = "left" | "centre" | "right" | "top" | "middle" | "bottom";
export type Axis = "across" | "down";
type Box = Point & { id: string; width: number; height: number };

/** Where boxes come to stand with one side, or their middles, in line: the outermost box decides. */
export function aligned(boxes: Box[], side: Side): Record<string, Point> {
  const left = Math.min(...boxes.map((box) => box.x));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const top = Math.min(...boxes.map((box) => box.y));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  const place = (box: Box): Point => {
    switch (side) {
      case "left":
        return { x: left, y: box.y };
      case "centre":
        return { x: (left + right - box.width) / 2, y: box.y };
      case "right":
        return { x: right - box.width, y: box.y };
      case "top":
        return { x: box.x, y: top };
      case "middle":
        return { x: box.x, y: (top + bottom - box.height) / 2 };
      case "bottom":
        return { x: box.x, y: bottom - box.height };
      default:
        return side satisfies never;
    }
  };
  return Object.fromEntries(boxes.map((box) => [box.id, place(box)]));
}

/** Where boxes come to stand with equal gaps between them; the first and the last stay. */
export function distributed(boxes: Box[], axis: Axis): Record<string, Point> {
  const [at, long] = axis === "across" ? (["x", "width"] as const) : (["y", "height"] as const);
  const sorted = boxes.toSorted((a, b) => a[at] - b[at]);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last || sorted.length < 3) return {};
  const filled = sorted.reduce((sum, box) => sum + box[long], 0);
  const gap = (last[at] + last[long] - first[at] - filled) / (sorted.length - 1);
  let next = first[at];
  return Object.fromEntries(
    sorted.map((box) => {
      const place = { x: box.x, y: box.y, [at]: next };
      next += box[long] + gap;
      return [box.id, place];
    }),
  );
}

/** Moves what is out of sight along with the step that hides it. */
export const carry =
  (moved: { ids: string[]; by: Point }[]): Edit =>
  (document: JourneyDocument) => {
    const by = new Map(moved.flatMap((one) => one.ids.map((id) => [id, one.by] as const)));
    return {
      ...document,
      nodes: document.nodes.map((node) => {
        const shift = by.get(node.id);
        return shift && node.at ? { ...node, at: whole({ x: node.at.x + shift.x, y: node.at.y + shift.y }) } : node;
      }),
    };
  };

/** Lets the layout place everything again. */
export const tidy: Edit = (document) =>
  document.nodes.some((node) => node.at)
    ? { ...document, nodes: document.nodes.map(({ at: _, ...node }) => node) }
    : document;
