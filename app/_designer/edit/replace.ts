import type { JourneyNode } from "@/core/journey/document";
import { renamed } from "@/core/journey/rename";
import { rootOf } from "@/core/journey/rooted";
import type { PortsOf } from "../kinds";
import { type Edit, edgesFrom, nodeOf } from "./place";

/**
 * Puts a step of another kind where one stands. It goes on with that one's history: waiting members, journal and counts. Lines keep their port
 * where there is one of that name, else go to the port of the same sense (yes, no, too late), the first to the first. A way that finds none is
 * let go: what hung on it stays on the canvas, and the problem list says so.
 */
export const replace =
  (id: string, fresh: JourneyNode, portsOf: PortsOf): Edit =>
  (document) => {
    const was = nodeOf(document, id);
    if (!was || id === document.entry || nodeOf(document, fresh.id)) return document;
    const { title, note, at } = was;
    const node = {
      ...fresh,
      replaces: rootOf(was),
      ...(title !== undefined && { title }),
      ...(note !== undefined && { note }),
      ...(at && { at }),
    };
    const ports = carried(was, node, portsOf);
    const ids = new Map([[id, node.id]]);
    const lines = new Set(edgesFrom(document, id));
    const { goal, exits } = document;
    return {
      ...document,
      nodes: document.nodes.map((one) => (one.id === id ? node : { ...one, config: renamed(one.config, ids) })),
      edges: document.edges.flatMap((edge) => {
        const to = edge.to === id ? node.id : edge.to;
        if (!lines.has(edge)) return to === edge.to ? [edge] : [{ ...edge, to }];
        const port = ports.get(edge.port);
        return port === undefined ? [] : [{ from: node.id, port, to }];
      }),
      ...(goal && { goal: renamed(goal, ids) }),
      ...(exits && { exits: renamed(exits, ids) }),
    };
  };

/** Which port of the new step each port of the old one becomes; no two become the same. */
function carried(was: JourneyNode, is: JourneyNode, portsOf: PortsOf): Map<string, string> {
  const [old, now] = [portsOf(was), portsOf(is)];
  const found = new Map<string, string>();
  const free = new Set(now.map(({ id }) => id));
  const take = (from: string, to: string | undefined) => {
    if (to === undefined || found.has(from) || !free.delete(to)) return;
    found.set(from, to);
  };
  for (const { id } of old) take(id, free.has(id) ? id : undefined);
  for (const { id, tone } of old) take(id, tone && now.find((port) => port.tone === tone && free.has(port.id))?.id);
  take(old[0]?.id ?? "", now[0]?.id);
  return found;
}
