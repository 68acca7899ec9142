import { canonical } from "@/core/hash";
import type { JourneyDocument, JourneyEdge, JourneyNode, JourneyNote } from "@/core/journey/document";
import { reachable } from "@/core/journey/graph";
import { noteKey } from "../../edit/notes";

/**
 * What both changed. A node or a note: each side's version, undefined where that side deleted it. A setting of the journey: `name`, `entry`,
 * `goal`, `exits`, `settings.holdout`, `settings.limits.daily` …
 */
export type Conflict =
  | { node: string; mine?: JourneyNode; theirs?: JourneyNode; setting?: undefined; note?: undefined }
  | { note: string; mine?: JourneyNote; theirs?: JourneyNote; setting?: undefined; node?: undefined }
  | { setting: string; node?: undefined; note?: undefined };
export type Choice = "mine" | "theirs";
/** What `choices` knows a conflict by. No node's id has a # or a colon. */
export const keyOf = (conflict: Conflict): string =>
  conflict.node ?? (conflict.note === undefined ? `#${conflict.setting}` : noteKey(conflict.note));
/**
 * `lost`: lines that one side drew to a step that the other deleted; they are not in the document. `loose`: steps that members came to on one side
 * at least, and that nothing leads to any more.
 */
export type Merged = { document: JourneyDocument; conflicts: Conflict[]; lost: JourneyEdge[]; loose: JourneyNode[] };

/**
 * Joins two edits of the same journey, node by node and setting by setting, against what both started from. What only one side touched is taken
 * as it is; what both changed is a conflict, settled by `choices` (mine until chosen). A line belongs to the node it starts from.
 */
export function merge(
  base: JourneyDocument,
  mine: JourneyDocument,
  theirs: JourneyDocument,
  choices: Record<string, Choice> = {},
): Merged {
  const conflicts: Conflict[] = [];
  const ids = [...new Set([...mine.nodes, ...theirs.nodes, ...base.nodes].map((node) => node.id))];
  const nodes: JourneyNode[] = [];
  const edges: JourneyDocument["edges"] = [];
  for (const id of ids) {
    const sides = { base: part(base, id), mine: part(mine, id), theirs: part(theirs, id) };
    const chosen = choices[id] ?? "mine";
    const isBoth =
      differs(sides.base, sides.mine) && differs(sides.base, sides.theirs) && differs(sides.mine, sides.theirs);
    if (isBoth) conflicts.push({ node: id, mine: sides.mine.node, theirs: sides.theirs.node });
    const side = isBoth ? sides[chosen] : differs(sides.base, sides.theirs) ? sides.theirs : sides.mine;
    if (!side.node) continue;
    nodes.push(placed(side.node, id, base, mine, theirs));
    edges.push(...side.edges);
  }
  const { notes, clashes } = joinedNotes({ base, mine, theirs }, choices);
  const present = new Set(nodes.map((node) => node.id));
  const settings: Conflict[] = [];
  const join = <T extends object>(of: (document: JourneyDocument) => T, path: string, apart: readonly string[]): T => {
    const joined = joinFields({ base: of(base), mine: of(mine), theirs: of(theirs) }, path, apart, choices);
    settings.push(...joined.clashes.map((setting): Conflict => ({ setting })));
    return joined.fields;
  };
  const whole = join((document) => document, "", ["nodes", "edges", "notes", "settings"]);
  whole.settings = join(({ settings }) => settings, "settings.", ["limits"]);
  const limits = join(({ settings }) => settings.limits ?? {}, "settings.limits.", []);
  if (Object.keys(limits).length > 0) whole.settings.limits = limits;
  else delete whole.settings.limits;
  delete whole.notes;
  const document: JourneyDocument = {
    ...whole,
    nodes,
    edges: edges.filter(({ to }) => present.has(to)),
    ...(notes.length > 0 && { notes }),
  };
  const led = ledIn(document);
  const [byMe, byThem] = [ledIn(mine), ledIn(theirs)];
  return {
    document,
    conflicts: [...conflicts, ...clashes, ...settings],
    loose: nodes.filter(({ id }) => !led.has(id) && (byMe.has(id) || byThem.has(id))),
    lost: edges.filter(({ to }) => !present.has(to)),
  };
}

/** The steps from which lines begin, each once. */
export const startsOf = (lines: JourneyEdge[], { nodes }: JourneyDocument): JourneyNode[] =>
  nodes.filter(({ id }) => lines.some(({ from }) => from === id));

const ledIn = ({ entry, edges }: JourneyDocument): Set<string> => reachable(entry, edges);

type Sides<T> = { base: T; mine: T; theirs: T };

/** Fields joined one by one; those `apart` are left as mine. */
function joinFields<T extends object>(
  sides: Sides<T>,
  path: string,
  apart: readonly string[],
  choices: Record<string, Choice>,
): { fields: T; clashes: string[] } {
  const at = (side: T, name: string): unknown => Reflect.get(side, name);
  const clashes: string[] = [];
  const fields = { ...sides.mine };
  for (const name of new Set([...Object.keys(sides.mine), ...Object.keys(sides.theirs)])) {
    if (apart.includes(name)) continue;
    const [was, my, their] = [at(sides.base, name), at(sides.mine, name), at(sides.theirs, name)];
    const isBoth = differs(was, my) && differs(was, their) && differs(my, their);
    if (isBoth) clashes.push(path + name);
    const isTheirs = isBoth ? choices[`#${path}${name}`] === "theirs" : differs(was, their);
    if (!isTheirs) continue;
    if (their === undefined) Reflect.deleteProperty(fields, name);
    else Reflect.set(fields, name, their);
  }
  return { fields, clashes };
}

/** Notes are joined one by one by what they say; where they stand is no conflict, as with steps. */
function joinedNotes(
  documents: Sides<JourneyDocument>,
  choices: Record<string, Choice>,
): { notes: JourneyNote[]; clashes: Conflict[] } {
  const clashes: Conflict[] = [];
  const of = ({ notes = [] }: JourneyDocument, id: string) => notes.find((note) => note.id === id);
  const ids = [documents.mine, documents.theirs].flatMap(({ notes = [] }) => notes.map((note) => note.id));
  const notes = [...new Set(ids)].flatMap((note): JourneyNote[] => {
    const [was, mine, theirs] = [of(documents.base, note), of(documents.mine, note), of(documents.theirs, note)];
    const isBoth =
      differs(was?.text, mine?.text) && differs(was?.text, theirs?.text) && differs(mine?.text, theirs?.text);
    if (isBoth) clashes.push({ note, ...(mine && { mine }), ...(theirs && { theirs }) });
    const isTheirs = isBoth ? choices[noteKey(note)] === "theirs" : differs(was?.text, theirs?.text);
    const side = isTheirs ? theirs : mine;
    if (!side) return [];
    const at = (mine && differs(was?.at, mine.at) ? mine.at : theirs?.at) ?? side.at;
    return [{ ...side, at }];
  });
  return { notes, clashes };
}

const differs = (a: unknown, b: unknown): boolean => canonical(a) !== canonical(b);

/** What a side says of a node, without its place on the canvas: two people who move the same card are not in conflict. */
function part(document: JourneyDocument, id: string): { node?: JourneyNode; edges: JourneyDocument["edges"] } {
  const found = document.nodes.find((node) => node.id === id);
  if (!found) return { edges: [] };
  const { at: _, ...node } = found;
  return { node, edges: document.edges.filter((edge) => edge.from === id).sort((a, b) => (a.port < b.port ? -1 : 1)) };
}

function placed(
  node: JourneyNode,
  id: string,
  base: JourneyDocument,
  mine: JourneyDocument,
  theirs: JourneyDocument,
): JourneyNode {
  const at = (document: JourneyDocument) => document.nodes.find((one) => one.id === id)?.at;
  const place = differs(at(base), at(mine)) ? at(mine) : (at(theirs) ?? at(mine));
  return place ? { ...node, at: place } : node;
}
