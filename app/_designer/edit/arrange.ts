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

/** Lets the layout place everything again. */
export const tidy: Edit = (document) =>
  document.nodes.some((node) => node.at)
    ? { ...document, nodes: document.nodes.map(({ at: _, ...node }) => node) }
    : document;
