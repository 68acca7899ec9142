import { type Edge, type Node, Position } from "@xyflow/react";
import type { JourneyDocument, JourneyNode, JourneyNote } from "@/core/journey/document";
import type { Port } from "@/core/journey/kind";
import type { Marks, NodeMark, WireMark } from "../compare/both";
import type { Fold, Folded } from "../edit/fold";
import { noteKey, notesOf } from "../edit/notes";
import { edgeOf, nodeOf, type Place, type Point, placeKey } from "../edit/place";
import { walk } from "../edit/walk";
import { looseParts } from "../geometry/loose";
import { type Box, type Clear, LONG, laneOf } from "../geometry/route";
import { portOffset, sizeOf } from "../geometry/size";
import { familyOf, portsOf } from "../kinds";

/** `folded`: how many steps a click on the way brings back. */
export type CardPort = Port & { isOpen: boolean; folded?: number };
/** `isLoose`: no way from the trigger comes here. */
export type CardData = { node: JourneyNode; ports: CardPort[]; mark: NodeMark["is"] | undefined; isLoose: boolean };
export type CardNode = Node<CardData, "card">;
export type NoteNode = Node<{ note: JourneyNote }, "note">;
export type FlowNode = CardNode | NoteNode;
export type WireData = {
  place: Place;
  label: Port | undefined;
  /** More than two names share the edge of a card. */
  isTight: boolean;
  tone: Port["tone"];
  turn: number;
  clear: Clear;
  canFold: boolean;
  isFolded: boolean;
  isLoose: boolean;
  mark: WireMark | undefined;
};
export type WireEdge = Edge<WireData, "wire">;

type Positions = Record<string, Point>;
type Stop = CardData & { told: string };
type Known = { stop: Stop; x: number; y: number; isSelected: boolean; made: CardNode };
type Line = Omit<WireData, "clear"> & { id: string; source: JourneyNode; handle: string; target: string };

const ANYWHERE: Clear = { left: 0, right: 0 };
/** Where lines begin whose port is gone. */
const LOST = "@lost";
export const NOTE_SIZE = { width: 208, height: 128 };

/** Turns the document into what the canvas library draws; a card or line that did not change is the same object, so that it is not drawn again. */
export function createFlow() {
  let known = new Map<string, Known>();
  let stuck = new Map<string, { note: JourneyNote; isSelected: boolean; at: Point; made: NoteNode }>();
  let drawn = new Map<string, { line: Line; made: WireEdge }>();
  let route: { folded: Folded; stops: Stop[] } | undefined;
  let skeleton: { folded: Folded; lines: Line[] } | undefined;
  // The library walks all lines again whenever the list is another one.
  let listed: WireEdge[] = [];
  return {
    cards(
      folded: Folded,
      positions: Positions,
      selected: string[],
      label: (node: JourneyNode, mark: NodeMark["is"] | undefined) => string,
      marks?: Marks,
    ): CardNode[] {
      if (route?.folded !== folded) route = { folded, stops: stopsOf(folded, known, marks) };
      const chosen = new Set(selected);
      const now = new Map<string, Known>();
      const cards = route.stops.flatMap((stop) => {
        const { id } = stop.node;
        const at = positions[id];
        if (!at) return [];
        const isSelected = chosen.has(id);
        const was = known.get(id);
        const isSame = was?.stop === stop && was.isSelected === isSelected && was.x === at.x && was.y === at.y;
        const { told: _, ...fresh } = stop;
        const { node, mark } = stop;
        const data = was?.stop === stop ? was.made.data : fresh;
        const made = isSame ? was.made : toCard(data, at, isSelected, label(node, mark));
        now.set(id, { stop, x: at.x, y: at.y, isSelected, made });
        return [made];
      });
      known = now;
      return cards;
    },
    notes(document: JourneyDocument, dragged: Positions, selected: string[]): NoteNode[] {
      const now: typeof stuck = new Map();
      for (const note of notesOf(document)) {
        const key = noteKey(note.id);
        const at = dragged[key] ?? note.at;
        const isSelected = selected.includes(key);
        const was = stuck.get(key);
        const isSame = was?.note === note && was.isSelected === isSelected && was.at.x === at.x && was.at.y === at.y;
        now.set(key, { note, isSelected, at, made: isSame ? was.made : toNote(note, at, isSelected) });
      }
      stuck = now;
      return [...now.values()].map(({ made }) => made);
    },
    wires(folded: Folded, positions: Positions, selected: string | undefined, marks?: Marks): WireEdge[] {
      if (skeleton?.folded !== folded) skeleton = { folded, lines: linesOf(folded, marks) };
      // Two drawings as one lie closer than one that is drawn: only there a line may meet what is gone. It costs a drag too much.
      const clearOf = clearing(folded.document, positions, marks !== undefined);
      const now = new Map<string, { line: Line; made: WireEdge }>();
      const edges = skeleton.lines.flatMap((line) => {
        if (!positions[line.source.id] || !positions[line.target]) return [];
        const clear = clearOf(line);
        const isSelected = line.id === selected;
        const was = drawn.get(line.id);
        const before = was?.made.data?.clear;
        const isSame =
          was?.line === line &&
          was.made.selected === isSelected &&
          before?.left === clear.left &&
          before.right === clear.right &&
          before.lane === clear.lane;
        const made = isSame ? was.made : toWire(line, clear, isSelected);
        now.set(line.id, { line, made });
        return [made];
      });
      drawn = now;
      if (edges.length !== listed.length || edges.some((edge, i) => edge !== listed[i])) listed = edges;
      return listed;
    },
  };
}

/** The lines of a whole drawing, for who draws it once. */
export function wires(document: JourneyDocument, positions: Positions): WireEdge[] {
  const clearOf = clearing(document, positions);
  return linesOf({ document, folds: new Map() })
    .filter((line) => positions[line.source.id] && positions[line.target])
    .map((line) => toWire(line, clearOf(line), false));
}

function stopsOf({ document, folds }: Folded, known: Map<string, Known>, marks?: Marks): Stop[] {
  const ids = new Set(walk(document, portsOf).map((stop) => stop.node.id));
  const loose = new Set(marks ? [] : looseParts(document).flat());
  return [...ids].flatMap((id) => {
    const node = nodeOf(document, id);
    if (!node) return [];
    const ports = portsOf(node).map((port): CardPort => {
      const place = { from: id, port: port.id };
      const folded = folds.get(placeKey(place))?.hidden.length;
      return { ...port, isOpen: edgeOf(document, place) === undefined, ...(folded !== undefined && { folded }) };
    });
    const mark = marks?.nodes.get(id)?.is;
    const isLoose = loose.has(id);
    const told = JSON.stringify([ports, mark, isLoose]);
    const was = known.get(id)?.stop;
    return [was?.node === node && was.told === told ? was : { node, ports, mark, isLoose, told }];
  });
}

function linesOf({ document, folds }: Folded, marks?: Marks): Line[] {
  const into = new Map<string, number>();
  for (const { to } of document.edges) into.set(to, (into.get(to) ?? 0) + 1);
  const loose = new Set(marks ? [] : looseParts(document).flat());
  const kept = document.nodes.flatMap((source) => {
    const ports = portsOf(source);
    const loud = ports.filter((port) => !port.isRare).length;
    return ports.flatMap((port, i): Line[] => {
      const place = { from: source.id, port: port.id };
      const edge = edgeOf(document, place);
      const mark = edge && marks?.wires.get(edge);
      if (edge === undefined || mark === "removed") return [];
      const id = placeKey(place);
      return [
        {
          id,
          source,
          handle: port.id,
          target: edge.to,
          place,
          label: loud > 1 || port.isRare ? port : undefined,
          isTight: loud > 2,
          tone: port.tone,
          turn: 44 + (ports.length - 1 - i) * 4,
          canFold: marks === undefined && isBranch(document, edge.to, into),
          isFolded: folds.has(id),
          isLoose: loose.has(source.id),
          mark,
        },
      ];
    });
  });
  return marks ? [...kept, ...lostLines(document, marks)] : kept;
}

/** Lines that are gone begin where they began, or under the card where their port is gone too. */
function lostLines(document: JourneyDocument, marks: Marks): Line[] {
  return [...marks.wires].flatMap(([edge, mark]): Line[] => {
    const source = mark === "removed" ? nodeOf(document, edge.from) : undefined;
    if (!source) return [];
    const place = { from: edge.from, port: edge.port };
    const stands = portsOf(source).find(({ id }) => id === edge.port);
    const label = stands ? undefined : marks.lost.get(placeKey(edge));
    return [
      {
        id: `${placeKey(edge)}>${edge.to}`,
        source,
        handle: stands ? edge.port : LOST,
        target: edge.to,
        place,
        label,
        isTight: false,
        tone: undefined,
        turn: 36,
        canFold: false,
        isFolded: false,
        isLoose: false,
        mark,
      },
    ];
  });
}

/** Folding pays where a way alone leads to more than one small end. */
function isBranch(document: JourneyDocument, target: string, into: Map<string, number>): boolean {
  const node = nodeOf(document, target);
  return into.get(target) === 1 && node !== undefined && familyOf(node.kind) !== "end";
}

/** A line that leads back up needs to know how far out the drawing reaches; a long fall, which cards are in its way. */
function clearing(document: JourneyDocument, positions: Positions, passes = false): (line: Line) => Clear {
  let outside: Clear | undefined;
  let boxes: (Box & { id: string })[] | undefined;
  return ({ source, target, place }) => {
    const [from, to] = [positions[source.id], positions[target]];
    if (!from || !to) return ANYWHERE;
    const size = sizeOf(source, portsOf);
    if (to.y <= from.y + size.height + 20) {
      outside ??= reach(document, positions);
      return outside;
    }
    const aim = passes ? nodeOf(document, target) : undefined;
    if (!aim) return ANYWHERE;
    const port = { x: from.x + size.width * portOffset(source, place.port, portsOf), y: from.y + size.height };
    if (to.y - port.y <= LONG) return ANYWHERE;
    const top = { x: to.x + sizeOf(aim, portsOf).width / 2, y: to.y };
    boxes ??= document.nodes.flatMap((node) => {
      const at = positions[node.id];
      return at ? [{ id: node.id, ...at, ...sizeOf(node, portsOf) }] : [];
    });
    const lane = laneOf(
      port,
      top,
      boxes.filter(({ id }) => id !== source.id && id !== target),
    );
    return lane === undefined ? ANYWHERE : { ...ANYWHERE, lane };
  };
}

function reach(document: JourneyDocument, positions: Positions): Clear {
  let [left, right] = [0, 0];
  for (const node of document.nodes) {
    const at = positions[node.id];
    if (!at) continue;
    left = Math.min(left, at.x);
    right = Math.max(right, at.x + sizeOf(node, portsOf).width);
  }
  return { left: left - 40, right: right + 40 };
}

function toCard(data: CardData, at: Point, selected: boolean, ariaLabel: string): CardNode {
  const { node, ports } = data;
  const { width, height } = sizeOf(node, portsOf);
  return {
    id: node.id,
    type: "card",
    position: at,
    data,
    selected,
    width,
    height,
    measured: { width, height },
    ariaLabel,
    handles: [
      { id: "in", type: "target", position: Position.Top, x: width / 2, y: 0, width: 0, height: 0 },
      ...ports.map((port) => ({
        id: port.id,
        type: "source" as const,
        position: Position.Bottom,
        x: width * portOffset(node, port.id, portsOf),
        y: height,
        width: 0,
        height: 0,
      })),
      { id: LOST, type: "source" as const, position: Position.Bottom, x: width / 2, y: height, width: 0, height: 0 },
    ],
  };
}

const toNote = (note: JourneyNote, at: Point, selected: boolean): NoteNode => ({
  id: noteKey(note.id),
  type: "note",
  position: at,
  data: { note },
  selected,
  ...NOTE_SIZE,
  measured: NOTE_SIZE,
  zIndex: -1,
  connectable: false,
});

function toWire({ id, source, handle, target, ...data }: Line, clear: WireData["clear"], selected: boolean): WireEdge {
  return {
    id,
    type: "wire",
    source: source.id,
    sourceHandle: handle,
    target,
    targetHandle: "in",
    selected,
    data: { ...data, clear },
  };
}

/** What a jump to a step has to unfold. */
export const hiding = (folds: Map<string, Fold>, id: string): string[] =>
  [...folds].flatMap(([key, { hidden }]) => (hidden.includes(id) ? [key] : []));
