import type { JourneyDocument } from "@/core/journey/document";
import { layout } from "../_designer/geometry/layout";
import { beside, byHand, type Places, shapeOf } from "../_designer/geometry/shape";
import { portsOf } from "../_designer/kinds";

/** A larger drawing is laid out in the browser: here it would keep others waiting, as the layout holds the process while it runs. */
const MOST_STEPS = 400;
const KEPT = 300;
const kept = new Map<string, Promise<Places | undefined>>();

/**
 * Where the cards of a drawing stand when it opens, so that a browser that sees it for the first time draws at once: 70 ms for 200 steps, once for each
 * shape. Undefined where the drawing says it itself, is too large, or could not be laid out.
 */
export function placesOf(document: JourneyDocument): Promise<Places | undefined> | undefined {
  if (document.nodes.length > MOST_STEPS || byHand(document)) return undefined;
  const shape = shapeOf(document);
  const known = kept.get(shape) ?? laidOut(document, shape);
  // What was opened last is forgotten last.
  kept.delete(shape);
  kept.set(shape, known);
  for (const old of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(old);
  }
  return known;
}

async function laidOut(document: JourneyDocument, shape: string): Promise<Places | undefined> {
  try {
    const { default: Elk } = await import("elkjs/lib/elk.bundled.js");
    const { positions } = await layout(new Elk(), document, portsOf);
    return { shape, positions: beside(document, positions) };
  } catch {
    return undefined;
  }
}
