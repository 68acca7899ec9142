import type { Edge } from "@xyflow/react";
import type { JourneyDocument } from "@/core/journey/document";
import type { Port } from "@/core/journey/kind";
import type { Locale } from "@/core/text";
import type { Marks, WireMark } from "../../compare/both";
import type { Folded } from "../../edit/fold";
import { edgeOf, nodeOf, type Place, type Point, placeKey } from "../../edit/place";
import { looseParts } from "../../geometry/loose";
import type { Clear } from "../../geometry/route";
import { familyOf, portsOf } from "../../kinds";
import { LOST } from "./cards";
import { ANYWHERE, clearing, type Ends } from "./clearing";
import { isShownAlike } from "./shown-alike";

/** A line without a name tells a screen reader nothing that the outline does not. */
const UNNAMED = { "aria-hidden": true } as const;

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

/** A line before anybody knows where its cards stand. */
type Line = Omit<WireData, "clear"> & Ends & { id: string; handle: string };
type Drawn = { line: Line; from: Point; to: Point; isSelected: boolean; locale: Locale; made: WireEdge };

/** A drawing's lines; one that did not change is the same object, and so is the list of them. */
export function createWires() {
  let lines: { folded: Folded; marks: Marks | undefined; all: Line[] } | undefined;
  let known = new Map<string, Drawn>();
  // The library walks all lines again whenever the list is another one.
  let listed: WireEdge[] = [];
  return (
    folded: Folded,
    positions: Record<string, Point>,
    selected: string | undefined,
    locale: Locale,
    marks?: Marks,
  ): WireEdge[] => {
    const before = lines?.marks === marks ? lines : undefined;
    if (before?.folded !== folded) {
      const isRewritten = before && isShownAlike(before.folded, folded);
      lines = { folded, marks, all: isRewritten ? before.all : linesOf(folded, marks) };
    }
    const clearOf = clearing(folded.document, positions, marks !== undefined);
    const now: typeof known = new Map();
    for (const line of lines?.all ?? []) {
      const [from, to] = [positions[line.source.id], positions[line.target]];
      if (!from || !to) continue;
      const isSelected = line.id === selected;
      const was = known.get(line.id);
      const isSame = was?.line === line && was.isSelected === isSelected && was.locale === locale;
      // Where neither of its cards moved, a line that passes nothing else lies as it lay.
      if (isSame && !marks && was.from === from && was.to === to && was.made.data?.clear === ANYWHERE) {
        now.set(line.id, was);
        continue;
      }
      const clear = clearOf(line);
      const made =
        isSame && isSameClear(was.made.data?.clear, clear) ? was.made : toWire(line, clear, isSelected, locale);
      now.set(line.id, { line, from, to, isSelected, locale, made });
    }
    known = now;
    const wires = [...known.values()].map(({ made }) => made);
    if (wires.length !== listed.length || wires.some((wire, i) => wire !== listed[i])) listed = wires;
    return listed;
  };
}

const isSameClear = (was: Clear | undefined, is: Clear): boolean =>
  was?.left === is.left && was.right === is.right && was.lane === is.lane;

// A drawing never changes in place; while a step is carried over it, it is asked for its lines at each move.
const plain = new WeakMap<JourneyDocument, Line[]>();

/** The lines of a whole drawing, for who draws it once; `isWanted`: of those only. */
export function wires(
  document: JourneyDocument,
  positions: Record<string, Point>,
  isWanted: (from: Point, to: Point) => boolean = () => true,
): WireEdge[] {
  const clearOf = clearing(document, positions);
  const lines = plain.get(document) ?? linesOf({ document, folds: new Map() });
  plain.set(document, lines);
  return lines.flatMap((line) => {
    const [from, to] = [positions[line.source.id], positions[line.target]];
    return from && to && isWanted(from, to) ? [toWire(line, clearOf(line), false)] : [];
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

/** `locale`: a screen reader's, who is told the way's whole name, however little of it has room on the line. */
function toWire(
  { id, source, handle, target, ...data }: Line,
  clear: Clear,
  selected: boolean,
  locale?: Locale,
): WireEdge {
  const name = locale && data.label?.name[locale];
  return {
    id,
    type: "wire",
    source: source.id,
    sourceHandle: handle,
    target,
    targetHandle: "in",
    selected,
    ...(name ? { ariaLabel: name } : { domAttributes: UNNAMED }),
    data: { ...data, clear },
  };
}
