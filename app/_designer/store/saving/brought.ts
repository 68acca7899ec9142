import { canonical } from "@/core/hash";
import { diff } from "@/core/journey/diff";
import type { JourneyDocument, JourneyEdge, JourneyNode } from "@/core/journey/document";

/** What a joined drawing has from the other side, in the order of the drawing. */
export type Brought = {
  added: JourneyNode[];
  changed: JourneyNode[];
  removed: JourneyNode[];
  hasSettings: boolean;
  hasNotes: boolean;
};

/** What came to one's own drawing when another was joined with it: steps by what became of them, and whether settings or notes came too. */
export function brought(mine: JourneyDocument, joined: JourneyDocument): Brought {
  const { nodes, edges, settings } = diff(mine, joined);
  const added = new Set(nodes.added.map(({ node }) => node));
  const removed = new Set(nodes.removed.map(({ node }) => node));
  // A way that leads to a new step, or led to one that is gone, is told with that step.
  const rewired = [...edges.added, ...edges.removed];
  const isOf = ({ from, to }: JourneyEdge) => [from, to].some((id) => added.has(id) || removed.has(id));
  const told = new Set(rewired.filter(isOf).map(wayOf));
  const turned = rewired.filter((edge) => !told.has(wayOf(edge))).map(({ from }) => from);
  const changed = new Set([...nodes.changed.map(({ node }) => node), ...turned]);
  const notesOf = ({ notes = [] }: JourneyDocument) => canonical(notes.map(({ id, text }) => [id, text]));
  return {
    added: joined.nodes.filter(({ id }) => added.has(id)),
    changed: joined.nodes.filter(({ id }) => changed.has(id) && !added.has(id)),
    removed: mine.nodes.filter(({ id }) => removed.has(id)),
    hasSettings: settings.length > 0,
    hasNotes: notesOf(mine) !== notesOf(joined),
  };
}

const wayOf = ({ from, port }: JourneyEdge): string => `${from}:${port}`;
