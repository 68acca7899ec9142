import type { JourneyEdge } from "./document";

/** The edges out of each node, in the document's order. */
function outOf(edges: readonly JourneyEdge[]): Map<string, JourneyEdge[]> {
  const out = new Map<string, JourneyEdge[]>();
  for (const edge of edges) {
    const list = out.get(edge.from);
    if (list) list.push(edge);
    else out.set(edge.from, [edge]);
  }
  return out;
}

/** The nodes that a walk from `entry` can come to, itself among them. */
export function reachable(entry: string, edges: readonly JourneyEdge[]): Set<string> {
  const out = outOf(edges);
  const seen = new Set([entry]);
  const open = [entry];
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const { to } of out.get(node) ?? [])
      if (!seen.has(to)) {
        seen.add(to);
        open.push(to);
      }
  return seen;
}

/**
 * The edges that lead back to a node still open on a depth-first walk from `entry`: every cycle has one, and without them
 * the drawing has no cycle. Ports are walked in the document's order, so that the same drawing gives the same answer.
 */
export function backEdges(entry: string, edges: readonly JourneyEdge[]): Set<JourneyEdge> {
  const out = outOf(edges);
  const back = new Set<JourneyEdge>();
  const state = new Map<string, "open" | "closed">();
  // What is reachable comes first, so that the way members go decides; loose parts follow.
  for (const root of [entry, ...out.keys()]) {
    if (state.has(root)) continue;
    const path = [{ node: root, next: 0 }];
    state.set(root, "open");
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const edge = out.get(top.node)?.[top.next++];
      if (!edge) {
        state.set(top.node, "closed");
        path.pop();
      } else if (!state.has(edge.to)) {
        state.set(edge.to, "open");
        path.push({ node: edge.to, next: 0 });
      } else if (state.get(edge.to) === "open") back.add(edge);
    }
  }
  return back;
}

/** Groups of nodes that lie on a common cycle (strongly connected, by Tarjan's algorithm); each may be walked for ever. */
export function cycles(nodes: readonly string[], edges: readonly JourneyEdge[]): string[][] {
  const out = outOf(edges);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const found: string[][] = [];
  const open = (node: string) => {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    stack.push(node);
    onStack.add(node);
    return { node, next: 0 };
  };
  for (const root of nodes) {
    if (index.has(root)) continue;
    const path = [open(root)];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { node } = top;
      const edge = out.get(node)?.[top.next++];
      if (edge && !index.has(edge.to)) path.push(open(edge.to));
      else if (edge && onStack.has(edge.to)) low.set(node, Math.min(low.get(node) ?? 0, index.get(edge.to) ?? 0));
      else if (!edge) {
        path.pop();
        const parent = path.at(-1)?.node;
        if (parent !== undefined) low.set(parent, Math.min(low.get(parent) ?? 0, low.get(node) ?? 0));
        if (low.get(node) !== index.get(node)) continue;
        const group = stack.splice(stack.indexOf(node));
        for (const member of group) onStack.delete(member);
        if (group.length > 1 || out.get(node)?.some(({ to }) => to === node)) found.push(group);
      }
    }
  }
  return found;
}
