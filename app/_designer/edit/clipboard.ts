import { z } from "zod";
import { JourneyDocument, type JourneyNode } from "@/core/journey/document";
import { renamed } from "@/core/journey/rename";
import type { PortsOf } from "../kinds";
import { headOf, tailOf } from "./piece";
import { type Edit, edgeOf, isArrangedByHand, nodeOf, type Place, type Point } from "./place";

/** What the clipboard holds: a piece of a journey, in the document's own words, so that it pastes into any journey and any tab. */
export const Clip = z.strictObject({
  regulars: z.literal("nodes"),
  /** The journey it was taken from. */
  journey: z.string().max(64).optional(),
  nodes: JourneyDocument.shape.nodes.min(1),
  edges: JourneyDocument.shape.edges,
});
export type Clip = z.infer<typeof Clip>;

/** The chosen nodes and the lines between them; the trigger stays where it is. */
export function copy(document: JourneyDocument, ids: Iterable<string>, journey?: string): Clip | undefined {
  const chosen = new Set([...ids].filter((id) => id !== document.entry));
  const nodes = document.nodes.filter((node) => chosen.has(node.id));
  if (nodes.length === 0) return undefined;
  return {
    regulars: "nodes",
    ...(journey !== undefined && { journey }),
    nodes,
    edges: document.edges.filter((edge) => chosen.has(edge.from) && chosen.has(edge.to)),
  };
}

/** Reads a clipboard's text; anything that is not a piece of a journey is nothing. */
export function readClip(text: string): Clip | undefined {
  try {
    return Clip.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export type PasteAt = { after: Place } | { at: Point } | { beside: true };

/**
 * Pastes with fresh ids; `keeps` says which ids may stay, so that what was cut and put elsewhere goes on with its history. References between the pasted nodes (`coupon.of.<node>.id`) follow to the copies. `after` hangs the
 * piece's head on a port, what hung there goes on from the piece's tail. Returns the edit and the new ids.
 */
export function paste(
  clip: Clip,
  where: PasteAt,
  newId: (kind: string) => string,
  portsOf: PortsOf,
  keeps: (id: string) => boolean = () => false,
): { edit: Edit; ids: string[] } {
  const fresh = new Map(clip.nodes.map((node) => [node.id, keeps(node.id) ? node.id : newId(node.kind)]));
  const id = (old: string) => fresh.get(old) ?? old;
  // A copy has a history of its own.
  const nodes = clip.nodes.map(({ replaces: _, ...node }) => ({
    ...node,
    id: id(node.id),
    config: renamed(node.config, fresh),
  }));
  const edges = clip.edges.map((edge) => ({ from: id(edge.from), port: edge.port, to: id(edge.to) }));
  const head = headOf(nodes, edges);
  const edit: Edit = (document) => {
    const isFree = !isArrangedByHand(document) && !("at" in where);
    const placed = isFree ? nodes.map(({ at: _, ...node }) => node) : shifted(nodes, where);
    const grown = { ...document, nodes: [...document.nodes, ...placed], edges: [...document.edges, ...edges] };
    if (!("after" in where) || !nodeOf(document, where.after.from)) return grown;
    const led = edgeOf(document, where.after);
    const tail = tailOf(head, nodes, edges, portsOf);
    return {
      ...grown,
      edges: [
        ...grown.edges.filter((edge) => edge !== led),
        { ...where.after, to: head.id },
        ...(led && tail ? [{ ...tail, to: led.to }] : []),
      ],
    };
  };
  return { edit, ids: nodes.map((node) => node.id) };
}

const BESIDE = 48;

function shifted(nodes: JourneyNode[], where: PasteAt): JourneyNode[] {
  const placed = nodes.map((node, i) => ({ ...node, at: node.at ?? { x: 0, y: i * 160 } }));
  const left = Math.min(...placed.map((node) => node.at.x));
  const top = Math.min(...placed.map((node) => node.at.y));
  const by = "at" in where ? { x: where.at.x - left, y: where.at.y - top } : { x: BESIDE, y: BESIDE };
  return placed.map((node) => ({ ...node, at: { x: Math.round(node.at.x + by.x), y: Math.round(node.at.y + by.y) } }));
}
