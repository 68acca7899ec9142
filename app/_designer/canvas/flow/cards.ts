import { type Node, Position } from "@xyflow/react";
import type { JourneyNode } from "@/core/journey/document";
import type { Port } from "@/core/journey/kind";
import type { Marks, NodeMark } from "../../compare/both";
import type { Folded } from "../../edit/fold";
import { edgeOf, nodeOf, type Point, placeKey } from "../../edit/place";
import { walk } from "../../edit/walk";
import { looseParts } from "../../geometry/loose";
import { portOffset, sizeOf } from "../../geometry/size";
import { portsOf } from "../../kinds";
import { isShownAlike } from "./shown-alike";

/** `folded`: how many steps a click on the way brings back. */
export type CardPort = Port & { isOpen: boolean; folded?: number };
/** `isLoose`: no way from the trigger comes here. */
export type CardData = { node: JourneyNode; ports: CardPort[]; mark: NodeMark["is"] | undefined; isLoose: boolean };
export type CardNode = Node<CardData, "card">;
/** What a screen reader is told of a card. */
export type Label = (node: JourneyNode, mark: NodeMark["is"] | undefined) => string;

/** Where lines begin whose port is gone. */
export const LOST = "@lost";

/** A drawing's cards in reading order, which is the order of the Tab key; one that did not change is the same object. */
export function createCards() {
  let stops: { folded: Folded; marks: Marks | undefined; all: CardData[] } | undefined;
  let known = new Map<string, { data: CardData; at: Point; isSelected: boolean; label: Label; made: CardNode }>();
  return (
    folded: Folded,
    positions: Record<string, Point>,
    selected: string[],
    label: Label,
    marks?: Marks,
  ): CardNode[] => {
    const before = stops?.marks === marks ? stops : undefined;
    if (before?.folded !== folded) {
      const isRewritten = before && isShownAlike(before.folded, folded);
      stops = {
        folded,
        marks,
        all: isRewritten ? rewritten(before.all, folded) : stopsOf(folded, before?.all ?? [], marks),
      };
    }
    const chosen = new Set(selected);
    const now: typeof known = new Map();
    for (const data of stops?.all ?? []) {
      const { id } = data.node;
      const at = positions[id];
      if (!at) continue;
      const isSelected = chosen.has(id);
      const was = known.get(id);
      const isSame =
        was?.data === data &&
        was.isSelected === isSelected &&
        was.label === label &&
        was.at.x === at.x &&
        was.at.y === at.y;
      now.set(
        id,
        isSame ? was : { data, at, isSelected, label, made: toCard(data, at, isSelected, label(data.node, data.mark)) },
      );
    }
    known = now;
    return [...known.values()].map(({ made }) => made);
  };
}

/** The same cards with what is written in them now. */
const rewritten = (before: CardData[], { document }: Folded): CardData[] =>
  before.map((data) => {
    const node = nodeOf(document, data.node.id) ?? data.node;
    return node === data.node ? data : { ...data, node };
  });

function stopsOf({ document, folds }: Folded, before: CardData[], marks: Marks | undefined): CardData[] {
  const known = new Map(before.map((data) => [data.node.id, data]));
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
    const data = { node, ports, mark: marks?.nodes.get(id)?.is, isLoose: loose.has(id) };
    const was = known.get(id);
    return [was && isAlike(was, data) ? was : data];
  });
}

const isAlike = (was: CardData, is: CardData): boolean =>
  was.node === is.node &&
  was.mark === is.mark &&
  was.isLoose === is.isLoose &&
  JSON.stringify(was.ports) === JSON.stringify(is.ports);

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
