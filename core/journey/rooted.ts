import type { JourneyDocument, JourneyNode } from "./document";
import { renamed } from "./rename";

/** The id under which a node's steps, journal and counts go: its own, or that of the node it replaces. */
export const rootOf = (node: Pick<JourneyNode, "id" | "replaces">): string => node.replaces ?? node.id;

/** Which node of a drawing goes by each root id that is not its own. Of several that claim one, the first. */
export function replacements(document: JourneyDocument): Map<string, string> {
  const own = new Set(document.nodes.filter((node) => node.replaces === undefined).map(({ id }) => id));
  const shown = new Map<string, string>();
  for (const { id, replaces } of document.nodes)
    if (replaces !== undefined && replaces !== id && !own.has(replaces) && !shown.has(replaces))
      shown.set(replaces, id);
  return shown;
}

/**
 * The same drawing with every node under its root id, so that all that is compiled, journalled and counted keeps a replaced node's history.
 * `shown` leads back from root ids to the drawing's.
 */
export function rooted(document: JourneyDocument): { document: JourneyDocument; shown: ReadonlyMap<string, string> } {
  const shown = replacements(document);
  if (shown.size === 0) return { document, shown };
  const roots = new Map([...shown].map(([root, id]) => [id, root]));
  const root = (id: string) => roots.get(id) ?? id;
  const { nodes, edges, goal, exits } = document;
  return {
    shown,
    document: {
      ...document,
      entry: root(document.entry),
      nodes: nodes.map((node) => ({ ...node, id: root(node.id), config: renamed(node.config, roots) })),
      edges: edges.map((edge) => ({ ...edge, from: root(edge.from), to: root(edge.to) })),
      ...(goal && { goal: renamed(goal, roots) }),
      ...(exits && { exits: renamed(exits, roots) }),
    },
  };
}
