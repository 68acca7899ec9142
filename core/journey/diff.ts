import { canonical } from "../hash";
import type { JourneyDocument, JourneyEdge, JourneyNode } from "./document";
import { rooted, rootOf } from "./rooted";

export const NODE_PARTS = ["kind", "config", "title", "note"] as const;
export type NodePart = (typeof NODE_PARTS)[number];
export const SETTING_PARTS = ["name", "entry", "goal", "exits", "reentry", "priority", "other"] as const;
export type SettingPart = (typeof SETTING_PARTS)[number];

/**
 * How one drawing became another. Ids are those each drawing shows; a node and the one it replaces are the same node, changed. Where a node lies
 * on the canvas is no change.
 */
export type JourneyDiff = {
  nodes: {
    added: { node: string }[];
    removed: { node: string }[];
    changed: { node: string; was: string; parts: NodePart[] }[];
  };
  edges: { added: JourneyEdge[]; removed: JourneyEdge[] };
  settings: SettingPart[];
};

export function diff(from: JourneyDocument, to: JourneyDocument): JourneyDiff {
  const [was, is] = [byRoot(from), byRoot(to)];
  return {
    nodes: {
      added: [...is].flatMap(([root, { id }]) => (was.has(root) ? [] : [{ node: id }])),
      removed: [...was].flatMap(([root, { id }]) => (is.has(root) ? [] : [{ node: id }])),
      changed: [...is].flatMap(([root, node]) => {
        const before = was.get(root);
        const parts = before ? NODE_PARTS.filter((part) => differs(before[part], node[part])) : [];
        return before && parts.length > 0 ? [{ node: node.id, was: before.id, parts }] : [];
      }),
    },
    edges: edgesOf(from, to),
    settings: SETTING_PARTS.filter((part) => differs(settingOf(from, part), settingOf(to, part))),
  };
}

const differs = (a: unknown, b: unknown): boolean => canonical(a) !== canonical(b);

const byRoot = (document: JourneyDocument): Map<string, JourneyNode> =>
  new Map(document.nodes.map((node) => [rootOf(node), node]));

function edgesOf(from: JourneyDocument, to: JourneyDocument): JourneyDiff["edges"] {
  const [was, is] = [keyed(from), keyed(to)];
  return {
    added: [...is].flatMap(([key, edge]) => (was.has(key) ? [] : [edge])),
    removed: [...was].flatMap(([key, edge]) => (is.has(key) ? [] : [edge])),
  };
}

/** A drawing's own edges by what they join in root ids, so that replacing a node moves no line. */
function keyed(document: JourneyDocument): Map<string, JourneyEdge> {
  const { document: roots } = rooted(document);
  return new Map(document.edges.map((edge, i) => [canonical(roots.edges[i]), edge]));
}

function settingOf(document: JourneyDocument, part: SettingPart): unknown {
  const { reentry, priority, ...other } = document.settings;
  switch (part) {
    case "name":
      return document.name;
    case "entry":
      return rooted(document).document.entry;
    case "goal":
      return document.goal;
    case "exits":
      return document.exits ?? [];
    case "reentry":
      return reentry;
    case "priority":
      return priority;
    case "other":
      return other;
    default:
      return part satisfies never;
  }
}
