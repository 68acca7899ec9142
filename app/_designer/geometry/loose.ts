import type { JourneyDocument } from "@/core/journey/document";
import { reachable } from "@/core/journey/graph";

/** The steps that no way from the trigger comes to, those that hang together as one part; none in a drawing without its trigger. */
export function looseParts({ entry, nodes, edges }: Pick<JourneyDocument, "entry" | "nodes" | "edges">): string[][] {
  if (!nodes.some(({ id }) => id === entry)) return [];
  const led = reachable(entry, edges);
  const beside = new Map<string, string[]>();
  for (const { from, to } of edges)
    if (!led.has(from) && !led.has(to)) {
      beside.set(from, [...(beside.get(from) ?? []), to]);
      beside.set(to, [...(beside.get(to) ?? []), from]);
    }
  const seen = new Set<string>();
  return nodes.flatMap(({ id }) => {
    if (led.has(id) || seen.has(id)) return [];
    const part = [id];
    seen.add(id);
    for (const one of part)
      for (const next of beside.get(one) ?? [])
        if (!seen.has(next)) {
          seen.add(next);
          part.push(next);
        }
    return [part];
  });
}
