"use client";
import { useReactFlow, type XYPosition } from "@xyflow/react";
import { type PointerEvent, type RefObject, useCallback, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { carry, move } from "../edit/arrange";
import { type Fold, withBranch } from "../edit/fold";
import { isNote, moveNotes, noteId } from "../edit/notes";
import type { Edit, Point } from "../edit/place";
import { goesOn } from "../edit/transplant";
import { portsOf } from "../kinds";
import { isFixed } from "../store/designer";
import type { Commands } from "../store/use-commands";
import { useEditor } from "../store/use-designer";
import { dropTarget } from "./drop-target";
import type { FlowNode } from "./flow/flow";

type Positions = Record<string, Point>;
const NOWHERE: Positions = {};

/**
 * Dragging cards and notes. A card dropped on the canvas stands there from then on; dropped right on a "+" or a line it is hung
 * there instead. With Alt held, the card brings along everything that only it leads to.
 */
export function useDragging(
  current: RefObject<Positions>,
  folds: RefObject<Map<string, Fold>>,
  shown: RefObject<{ document: Parameters<Edit>[0] }>,
  commands: Commands,
  place: (positions: Positions) => void,
) {
  const { store, edit } = useEditor();
  const { getZoom, screenToFlowPosition } = useReactFlow();
  const begun = useRef<{ at: Positions; moving: Set<string>; canInsert: boolean } | undefined>(undefined);
  const [notes, setNotes] = useState(NOWHERE);

  const onPositions = useCallback(
    (moved: [string, XYPosition][]) => {
      const cards = moved.filter(([id]) => !isNote(id));
      const stuck = moved.filter(([id]) => isNote(id));
      if (cards.length > 0) place({ ...current.current, ...Object.fromEntries(cards) });
      if (stuck.length > 0) setNotes((was) => ({ ...was, ...Object.fromEntries(stuck) }));
    },
    [current, place],
  );

  const start = useCallback(
    (nodes: FlowNode[]) => {
      const moving = new Set(nodes.map(({ id }) => id).filter((id) => !isNote(id)));
      const { document } = store.getState();
      begun.current = {
        at: { ...current.current },
        moving,
        canInsert: !moving.has(document.entry) && goesOn(document, moving, portsOf),
      };
    },
    [current, store],
  );

  return useMemo(
    () => ({
      notes,
      onPositions,
      /** Alt takes the branch: chosen before the library looks what is dragged. */
      onPointerDownCapture(event: PointerEvent) {
        if (!event.altKey || event.button !== 0 || isFixed(store.getState()) || !(event.target instanceof Element))
          return;
        const id = event.target.closest<HTMLElement>(".react-flow__node")?.dataset.id;
        if (id === undefined || isNote(id)) return;
        flushSync(() => store.setState({ selected: withBranch(store.getState().document, id, portsOf) }));
      },
      onStart: (_event: unknown, _node: FlowNode, nodes: FlowNode[]) => start(nodes),
      onSelectionStart: (_event: unknown, nodes: FlowNode[]) => start(nodes),
      onMove(event: MouseEvent | TouchEvent | React.MouseEvent) {
        const { moving, canInsert } = begun.current ?? {};
        if (!moving || moving.size === 0 || moving.has(store.getState().document.entry) || !("clientX" in event))
          return;
        const at = screenToFlowPosition({ x: event.clientX, y: event.clientY });
        const aim = dropTarget(shown.current.document, current.current, at, canInsert ?? false, getZoom(), moving);
        const was = store.getState().aim;
        if (aim?.place.from !== was?.place.from || aim?.place.port !== was?.place.port) store.setState({ aim });
      },
      onStop() {
        const { at: before = NOWHERE, moving = new Set<string>() } = begun.current ?? {};
        const { aim } = store.getState();
        begun.current = undefined;
        store.setState({ aim: undefined });
        if (Object.keys(notes).length > 0) {
          const moved = Object.fromEntries(Object.entries(notes).map(([key, at]) => [noteId(key), at]));
          setNotes(NOWHERE);
          edit(moveNotes(moved));
        }
        if (moving.size === 0) return;
        if (aim) return commands.transplant([...moving], aim.place, current.current);
        const carried = [...folds.current.values()].flatMap(({ place: { from }, hidden }) => {
          const [was, is] = [before[from], current.current[from]];
          return was && is && moving.has(from) ? [{ ids: hidden, by: { x: is.x - was.x, y: is.y - was.y } }] : [];
        });
        edit((document) => carry(carried)(move(current.current)(document)));
      },
    }),
    [commands, current, edit, folds, getZoom, notes, onPositions, screenToFlowPosition, shown, start, store],
  );
}
