import { type Edge, type Node, Position } from "@xyflow/react";
import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import type { Port } from "@/core/journey/kind";
import { edgeOf, type Place, type Point, placeKey } from "../edit/place";
import { walk } from "../edit/walk";
import { isQuiet, portOffset, sizeOf } from "../geometry/size";
import { portsOf } from "../kinds";

export type CardData = { node: JourneyNode; ports: (Port & { isOpen: boolean })[] };
export type CardNode = Node<CardData, "card">;
export type WireData = {
  place: Place;
  label: Port | undefined;
  tone: Port["tone"];
  turn: number;
  clear: { left: number; right: number };
};
export type WireEdge = Edge<WireData, "wire">;

type Known = { document: JourneyNode; open: string; x: number; y: number; isSelected: boolean; made: CardNode };

/** Turns the document into what the canvas library draws; a card that did not change is the same object, so that it is not drawn again. */
export function createFlow() {
  let known = new Map<string, Known>();
  let drawn = new Map<string, { told: string; made: WireEdge }>();
  let order: { document: JourneyDocument; ids: string[] } | undefined;
  return {
    nodes(
      document: JourneyDocument,
      positions: Record<string, Point>,
      selected: string[],
      label: (node: JourneyNode) => string,
    ): CardNode[] {
      if (order?.document !== document)
        order = { document, ids: [...new Set(walk(document, portsOf).map((stop) => stop.node.id))] };
      const byId = new Map(document.nodes.map((node) => [node.id, node]));
      const chosen = new Set(selected);
      const now = new Map<string, Known>();
      const nodes = order.ids.flatMap((id) => {
        const node = byId.get(id);
        const at = positions[id];
        if (!node || !at) return [];
        const ports = portsOf(node).map((port) => ({
          ...port,
          isOpen: edgeOf(document, { from: id, port: port.id }) === undefined,
        }));
        const open = JSON.stringify(ports);
        const isSelected = chosen.has(id);
        const was = known.get(id);
        const isSame =
          was &&
          was.document === node &&
          was.open === open &&
          was.isSelected === isSelected &&
          was.x === at.x &&
          was.y === at.y;
        const data = was && was.document === node && was.open === open ? was.made.data : { node, ports };
        const made = isSame ? was.made : toCard(node, data, at, isSelected, label(node));
        now.set(id, { document: node, open, x: at.x, y: at.y, isSelected, made });
        return [made];
      });
      known = now;
      return nodes;
    },
    wires(document: JourneyDocument, positions: Record<string, Point>, selected: string | undefined): WireEdge[] {
      const now = new Map<string, { told: string; made: WireEdge }>();
      const edges = wires(document, positions, selected).map((wire) => {
        const told = JSON.stringify([wire.target, wire.selected, wire.data]);
        const was = drawn.get(wire.id);
        const made = was?.told === told ? was.made : wire;
        now.set(wire.id, { told, made });
        return made;
      });
      drawn = now;
      return edges;
    },
  };
}

function toCard(node: JourneyNode, data: CardData, at: Point, selected: boolean, ariaLabel: string): CardNode {
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
      ...data.ports.map((port) => ({
        id: port.id,
        type: "source" as const,
        position: Position.Bottom,
        x: width * portOffset(node, port.id, portsOf),
        y: height,
        width: 0,
        height: 0,
      })),
    ],
  };
}

const ANYWHERE = { left: 0, right: 0 };

/** The lines. Those of one card turn at different heights; those that lead back up know how far out the drawing reaches. */
export function wires(
  document: JourneyDocument,
  positions: Record<string, Point>,
  selected: string | undefined,
): WireEdge[] {
  const boxes = document.nodes.flatMap((node) => {
    const at = positions[node.id];
    return at ? [{ ...at, ...sizeOf(node, portsOf) }] : [];
  });
  const clear = {
    left: Math.min(0, ...boxes.map((box) => box.x)) - 40,
    right: Math.max(0, ...boxes.map((box) => box.x + box.width)) + 40,
  };
  return document.nodes.flatMap((node) => {
    const ports = portsOf(node);
    const loud = ports.filter((port) => !isQuiet(node.kind, port.tone)).length;
    return ports.flatMap((port, i): WireEdge[] => {
      const place = { from: node.id, port: port.id };
      const edge = edgeOf(document, place);
      const [from, to] = [positions[node.id], edge && positions[edge.to]];
      if (!edge || !from || !to) return [];
      const key = placeKey(place);
      return [
        {
          id: key,
          type: "wire",
          source: node.id,
          sourceHandle: port.id,
          target: edge.to,
          targetHandle: "in",
          selected: key === selected,
          data: {
            place,
            label: loud > 1 || isQuiet(node.kind, port.tone) ? port : undefined,
            tone: port.tone,
            turn: 44 + (ports.length - 1 - i) * 4,
            clear: to.y > from.y + sizeOf(node, portsOf).height + 20 ? ANYWHERE : clear,
          },
        },
      ];
    });
  });
}
