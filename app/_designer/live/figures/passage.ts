import type { Place } from "../../edit/place";
import { placeKey } from "../../edit/place";
import type { Count, Counts } from "./counts";

/** One way out of a step: how many took it, and what share that is. */
export type Passage = { port: string; count: number; share: number | undefined };

/**
 * The share of a step's members who took a way: since ever, of those who came to it; in a span of time, of those who went on in it, since who
 * came and who went then are not the same. Undefined where nobody did either.
 */
export function shareOf(count: number, node: Count, isEver: boolean): number | undefined {
  const all = isEver ? node.entered : node.left;
  return all > 0 ? count / all : undefined;
}

/** What went by a way out; undefined as long as nobody has come to the step. A trigger's single way tells nothing that its number does not. */
export function passageOf(counts: Counts, place: Place, isTrigger: boolean): Passage | undefined {
  const node = counts.nodes[place.from];
  if (!node || node.entered + node.left === 0) return undefined;
  const count = counts.ports[placeKey(place)] ?? 0;
  const isOnly = counts.since !== null && count === node.left;
  return {
    port: place.port,
    count,
    share: isTrigger || isOnly ? undefined : shareOf(count, node, counts.since === null),
  };
}

/** All ways by which somebody has left a step and those drawn now, in the drawing's order; what is gone from it comes last. */
export function passagesOf(counts: Counts, node: string, drawn: readonly string[]): Passage[] {
  const seen = Object.keys(counts.ports).flatMap((key) =>
    key.startsWith(`${node}:`) ? [key.slice(node.length + 1)] : [],
  );
  return [...new Set([...drawn, ...seen])].map((port) => {
    const count = counts.ports[placeKey({ from: node, port })] ?? 0;
    const all = counts.nodes[node];
    return { port, count, share: all && shareOf(count, all, counts.since === null) };
  });
}
