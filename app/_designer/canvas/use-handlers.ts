"use client";
import { type EdgeChange, type NodeChange, useReactFlow } from "@xyflow/react";
import { type MouseEvent, useMemo } from "react";
import type { Point } from "../edit/place";
import { type Asked, drawn, isFixed } from "../store/designer";
import type { Commands } from "../store/use-commands";
import { useEditor } from "../store/use-designer";
import type { FlowNode } from "./flow/flow";
import type { WireEdge } from "./flow/lines";
import { around } from "./use-connecting";

type Of = Asked extends infer A ? (A extends Asked ? Omit<A, "x" | "y" | "at"> : never) : never;

/**
 * What happens on the canvas when it is clicked, chosen on or asked for its menu. The same functions for as long as it stands: given another one,
 * the library draws every card and line anew, at each move of a drag.
 */
export function useHandlers(commands: Commands, onPositions: (moved: [string, Point][]) => void) {
  const { store, select } = useEditor();
  const { screenToFlowPosition } = useReactFlow<FlowNode, WireEdge>();
  return useMemo(() => {
    const isEditing = () => !isFixed(store.getState());
    const ask = (event: { clientX: number; clientY: number; preventDefault(): void }, what: Of) => {
      event.preventDefault();
      const point = { x: event.clientX, y: event.clientY };
      store.setState({ asked: { ...point, at: screenToFlowPosition(point), ...what }, picking: undefined });
    };
    return {
      onNodesChange(changes: NodeChange<FlowNode>[]) {
        const moved = changes.flatMap((change): [string, Point][] =>
          change.type === "position" && change.position ? [[change.id, change.position]] : [],
        );
        if (moved.length > 0) onPositions(moved);
        const selects = changes.filter((change) => change.type === "select");
        if (selects.length === 0) return;
        const chosen = new Set(store.getState().selected);
        for (const { id, selected } of selects)
          if (selected) chosen.add(id);
          else chosen.delete(id);
        store.setState(({ panel }) => ({
          selected: [...chosen],
          path: undefined,
          ...(chosen.size > 0 && { wire: undefined, panel: panel === "versions" ? undefined : panel }),
        }));
      },
      onEdgesChange(changes: EdgeChange<WireEdge>[]) {
        for (const change of changes)
          if (change.type === "select")
            store.setState((state) => ({
              wire: change.selected ? change.id : state.wire === change.id ? undefined : state.wire,
            }));
      },
      onNodeContextMenu(event: MouseEvent, { id }: FlowNode) {
        if (!isEditing()) return;
        if (!store.getState().selected.includes(id)) select([id]);
        ask(event, { node: id });
      },
      onEdgeContextMenu(event: MouseEvent, { id }: WireEdge) {
        if (isEditing()) ask(event, { wire: id });
      },
      onPaneContextMenu(event: globalThis.MouseEvent | MouseEvent) {
        if (isEditing()) ask(event, { pane: true });
      },
      onSelectionContextMenu(event: MouseEvent, [first]: FlowNode[]) {
        if (first && isEditing()) ask(event, { node: first.id });
      },
      isValidConnection: ({ source, target }: { source: string; target: string }) =>
        source !== target && target !== drawn(store.getState()).entry,
      onPaneClick() {
        commands.close();
        select([]);
      },
      onNodeDoubleClick() {
        window.document
          .querySelector<HTMLElement>("[data-inspector] :is(input, textarea, button):not([data-skip])")
          ?.focus();
      },
      onDoubleClick(event: MouseEvent) {
        const isOnPane = event.target instanceof Element && event.target.classList.contains("react-flow__pane");
        if (!isEditing() || !isOnPane) return;
        store.setState({ picking: { at: around(screenToFlowPosition({ x: event.clientX, y: event.clientY })) } });
      },
    };
  }, [commands, onPositions, screenToFlowPosition, select, store]);
}
