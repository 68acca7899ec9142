/** A part of the canvas, in its own pixels. */
export type Part = { left: number; top: number; right: number; bottom: number };

const GAP = 16;

/** What of the canvas no panel covers: those at its left say so, those at its right are inspectors. */
export function freePart(canvas: HTMLElement): Part {
  const frame = canvas.getBoundingClientRect();
  const stage = canvas.parentElement ?? canvas;
  const reach = (selector: string, edge: (box: DOMRect) => number): number[] =>
    [...stage.querySelectorAll(selector)].map((panel) => edge(panel.getBoundingClientRect()));
  const left = Math.max(frame.left, ...reach("[data-left]", (box) => box.right)) + GAP - frame.left;
  const right = Math.min(frame.right, ...reach("[data-inspector]", (box) => box.left)) - GAP - frame.left;
  return { left, top: GAP, right: Math.max(right, left), bottom: frame.height - GAP };
}
