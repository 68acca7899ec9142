import type { JourneyDocument } from "@/core/journey/document";
import type { PortsOf } from "../kinds";
import { edgeOf, type Place, placeKey } from "./place";
import { walk } from "./walk";

/** What stands behind a folded way: how many steps, and where they lead on to. */
export type Fold = { place: Place; hidden: string[]; to?: string };
export type Folded = { document: JourneyDocument; folds: Map<string, Fold> };

/** The steps that only this way leads to, in reading order: what moves, folds and is copied as one branch. */
export function branchOf(document: JourneyDocument, place: Place, portsOf: PortsOf): string[] {
  const head = edgeOf(document, place)?.to;
  if (head === undefined) return [];
  const led = new Set(document.edges.map((edge) => edge.to));
  const behind = reach(document, [head], new Set());
  const heads = document.nodes.filter((node) => !led.has(node.id) && !behind.has(node.id)).map((node) => node.id);
  const otherwise = reach(document, [document.entry, place.from, ...heads], new Set([placeKey(place)]));
  return walk(document, portsOf).flatMap(({ node, again }) =>
    !again && behind.has(node.id) && !otherwise.has(node.id) ? [node.id] : [],
  );
}

/** A step with everything that only it leads to. */
export function withBranch(document: JourneyDocument, id: string, portsOf: PortsOf): string[] {
  const led = new Set(document.edges.map((edge) => edge.to));
  const behind = reach(document, [id], new Set());
  const heads = document.nodes.filter((node) => !led.has(node.id) && node.id !== id).map((node) => node.id);
  const into = new Set(document.edges.flatMap((edge) => (edge.to === id ? [placeKey(edge)] : [])));
  const otherwise = id === document.entry ? new Set<string>() : reach(document, [document.entry, ...heads], into);
  return walk(document, portsOf).flatMap(({ node, again }) =>
    !again && behind.has(node.id) && (node.id === id || !otherwise.has(node.id)) ? [node.id] : [],
  );
}

/** The drawing as it is shown: branches behind folded ways are out of sight, their lines go on to where the branch led. */
export function fold(document: JourneyDocument, ways: string[], portsOf: PortsOf): Folded {
  const folds = new Map<string, Fold>();
  for (const edge of document.edges) {
    const key = placeKey(edge);
    if (!ways.includes(key)) continue;
    const hidden = branchOf(document, edge, portsOf);
    if (hidden.length === 0) continue;
    const inside = new Set(hidden);
    const out = document.edges.find((one) => inside.has(one.from) && !inside.has(one.to) && one.to !== edge.from);
    folds.set(key, { place: { from: edge.from, port: edge.port }, hidden, ...(out && { to: out.to }) });
  }
  if (folds.size === 0) return { document, folds };
  const gone = new Set([...folds.values()].flatMap((one) => one.hidden));
  const edges = document.edges.flatMap((edge) => {
    if (gone.has(edge.from)) return [];
    const folded = folds.get(placeKey(edge));
    const to = folded ? seen(folded, folds, gone) : edge.to;
    return to === undefined || gone.has(to) ? [] : [{ ...edge, to }];
  });
  return { document: { ...document, nodes: document.nodes.filter((node) => !gone.has(node.id)), edges }, folds };
}

/** A branch may end in one that is folded as well: then the line goes to where that one leads. */
function seen({ to }: Fold, folds: Map<string, Fold>, gone: Set<string>): string | undefined {
  if (to === undefined || !gone.has(to)) return to;
  return [...folds.values()].find((other) => other.hidden.includes(to) && other.to !== to)?.to;
}

function reach(document: JourneyDocument, from: string[], without: Set<string>): Set<string> {
  const next = new Map<string, string[]>();
  for (const edge of document.edges)
    if (!without.has(placeKey(edge))) next.set(edge.from, [...(next.get(edge.from) ?? []), edge.to]);
  const found = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(next.get(id) ?? []));
  }
  return found;
}
