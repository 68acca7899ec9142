import type { Draft } from "../draft";
import { type Feed, feedOf } from "../feed";

/** A draft as its neighbours would know it; undefined while its entry is not whole. `self`: its own journey, empty for none. */
export function ownFeed({ document, nodes, steps, wires }: Draft, self: string): Feed | undefined {
  const trigger = nodes.get(document.entry);
  if (!trigger?.kindOf || !trigger.entryOf) return undefined;
  const { goal, settings, name } = document;
  const port = trigger.ports[0]?.id;
  return feedOf(self, {
    name,
    entry: trigger.entryOf,
    reentry: settings.reentry,
    first: (port !== undefined && wires[trigger.id]?.[port]?.to) || null,
    steps,
    wires,
    ...(goal && { goal }),
    exits: [...(document.exits ?? []), ...(trigger.exitsOf ?? [])],
    ...(settings.limits && { limits: settings.limits }),
  });
}
