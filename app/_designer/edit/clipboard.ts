import { z } from "zod";
import { JourneyDocument, type JourneyNode, MOST_NOTES, MOST_STEPS } from "@/core/journey/document";
import { renamed } from "@/core/journey/rename";
import { unstorable } from "@/core/storable";
import type { PortsOf } from "../kinds";
import { noteKey, notesOf } from "./notes";
import { headOf, tailOf } from "./piece";
import { type Edit, edgeOf, isArrangedByHand, nodeOf, type Place, type Point } from "./place";

/** What the clipboard holds: a piece of a journey, in the document's own words, so that it pastes into any journey and any tab. */
export const Clip = z
  .strictObject({
    regulars: z.literal("nodes"),
    /** The journey it was taken from. */
    journey: z.string().max(64).optional(),
    nodes: JourneyDocument.shape.nodes,
    edges: JourneyDocument.shape.edges,
    notes: JourneyDocument.shape.notes,
  })
  .refine(({ nodes, notes = [] }) => nodes.length + notes.length > 0, "neither a step nor a note");
export type Clip = z.infer<typeof Clip>;

/** The chosen nodes, the lines between them, and the chosen notes (as `noteKey` names them); the trigger stays where it is. */
export function copy(document: JourneyDocument, ids: Iterable<string>, journey?: string): Clip | undefined {
  const chosen = new Set([...ids].filter((id) => id !== document.entry));
  const nodes = document.nodes.filter((node) => chosen.has(node.id));
  const notes = notesOf(document).filter((note) => chosen.has(noteKey(note.id)));
  if (nodes.length + notes.length === 0) return undefined;
  return {
    regulars: "nodes",
    ...(journey !== undefined && { journey }),
    nodes,
    edges: document.edges.filter((edge) => chosen.has(edge.from) && chosen.has(edge.to)),
    ...(notes.length > 0 && { notes }),
  };
}

/**
 * Reads a clipboard's text: a piece of a journey, or a whole one as its file has it, without its trigger. Anything else is nothing; one whose
 * parts do not fit together is broken: what came of it could not be told apart, or led nowhere; and one that is nested so deep, or so large, that no
 * journey could keep it, is too big.
 */
export function readClip(text: string): Clip | "broken" | "too big" | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  // Before anything walks over it.
  if (unstorable(read)) return "too big";
  const clip = Clip.safeParse(read).data ?? pieceOf(JourneyDocument.safeParse(read).data);
  return clip && (fits(clip) ? clip : "broken");
}

/** No two steps or notes have one id, and every line leads from one of the steps to one of them. */
function fits({ nodes, edges, notes = [] }: Clip): boolean {
  const steps = new Set(nodes.map(({ id }) => id));
  return (
    steps.size === nodes.length &&
    new Set(notes.map(({ id }) => id)).size === notes.length &&
    edges.every(({ from, to }) => steps.has(from) && steps.has(to))
  );
}

const pieceOf = (whole: JourneyDocument | undefined): Clip | undefined =>
  whole && copy(whole, [...whole.nodes.map(({ id }) => id), ...notesOf(whole).map(({ id }) => noteKey(id))]);

/** What a journey would have too many of with this pasted in, and how many that were; undefined: it has room. */
export function tooMany(
  { nodes, notes = [] }: Pick<Clip, "nodes" | "notes">,
  into: JourneyDocument,
): { of: "steps" | "notes"; count: number; most: number } | undefined {
  const [steps, remarks] = [into.nodes.length + nodes.length, notesOf(into).length + notes.length];
  if (nodes.length > 0 && steps > MOST_STEPS) return { of: "steps", count: steps, most: MOST_STEPS };
  if (notes.length > 0 && remarks > MOST_NOTES) return { of: "notes", count: remarks, most: MOST_NOTES };
  return undefined;
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
  const by = shift(clip, where);
  const notes = (clip.notes ?? []).map(({ text, at }) => ({ id: newId("n"), text, at: shifted(at, by) }));
  const edit: Edit = (document) => {
    const isFree = !isArrangedByHand(document) && !("at" in where);
    const placed = isFree
      ? nodes.map(({ at: _, ...node }) => node)
      : nodes.map((node, i) => ({ ...node, at: shifted(placeOf(node, i), by) }));
    const grown = {
      ...document,
      nodes: [...document.nodes, ...placed],
      edges: [...document.edges, ...edges],
      ...(notes.length > 0 && { notes: [...notesOf(document), ...notes] }),
    };
    if (!("after" in where) || nodes.length === 0 || !nodeOf(document, where.after.from)) return grown;
    const head = headOf(nodes, edges);
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
  return { edit, ids: [...nodes.map((node) => node.id), ...notes.map((note) => noteKey(note.id))] };
}

const BESIDE = 48;

const placeOf = ({ at }: JourneyNode, i: number): Point => at ?? { x: 0, y: i * 160 };
const shifted = (at: Point, by: Point): Point => ({ x: Math.round(at.x + by.x), y: Math.round(at.y + by.y) });

/** How far the piece moves: its upper left corner to where it is wanted, or a little to the side. */
function shift({ nodes, notes = [] }: Clip, where: PasteAt): Point {
  if (!("at" in where)) return { x: BESIDE, y: BESIDE };
  const places = [...nodes.map(placeOf), ...notes.map(({ at }) => at)];
  return {
    x: where.at.x - Math.min(...places.map(({ x }) => x)),
    y: where.at.y - Math.min(...places.map(({ y }) => y)),
  };
}
