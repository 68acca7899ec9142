"use client";
import { ReactFlow, type ReactFlowProps, SelectionMode } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { memo, useCallback, useEffect, useMemo, useRef } from "react";
import { useT } from "../../_i18n/use-t";
import { useAble } from "../commands/use-able";
import { fold } from "../edit/fold";
import { isArrangedByHand, type Point } from "../edit/place";
import { portsOf } from "../kinds";
import { Here } from "../presence/here";
import { drawn, isFixed as readsOnly } from "../store/designer";
import { forgetWay } from "../store/use-ask-way";
import { useCommands } from "../store/use-commands";
import { useDesigner, useEditor } from "../store/use-designer";
import classes from "./canvas.module.css";
import { CommandsContext } from "./canvas-commands";
import { Card } from "./cards/card";
import { LabelsContext, useLabels } from "./cards/labels";
import { Note } from "./cards/note";
import { Wire } from "./cards/wire";
import { ContextMenu } from "./context-menu";
import type { FlowNode } from "./flow/flow";
import type { WireEdge } from "./flow/lines";
import { focusNode } from "./focus";
import { Finder } from "./picking/finder";
import { Palette } from "./picking/palette";
import { useAdding } from "./picking/use-adding";
import { Tools } from "./tools";
import { useAbleCanvas } from "./use-able-canvas";
import { useConnecting } from "./use-connecting";
import { useDragging } from "./use-dragging";
import { useFlow } from "./use-flow";
import { useHandlers } from "./use-handlers";
import { useKeys } from "./use-keys";
import { usePositions } from "./use-positions";
import { Dots } from "./view/dots";
import { Overview } from "./view/overview";
import { useCarried } from "./view/use-carried";
import { useFar } from "./view/use-far";
import { useLooking } from "./view/use-looking";
import { useOpening } from "./view/use-opening";
import { useView } from "./view/use-view";

/** From here on the overview map earns its place. */
const MAPPED = 12;
/** From here on only what is in the window is drawn. */
const MANY = 60;
const UNFOLDED: string[] = [];

/** What the library is told once; keys and double clicks are the designer's own. */
const SETTINGS = {
  nodeTypes: { card: Card, note: Note },
  edgeTypes: { wire: Wire },
  nodeDragThreshold: 3,
  edgesFocusable: false,
  nodesFocusable: true,
  disableKeyboardA11y: true,
  deleteKeyCode: null,
  selectionKeyCode: "Shift",
  multiSelectionKeyCode: ["Meta", "Control", "Shift"],
  panActivationKeyCode: "Space",
  zoomOnDoubleClick: false,
  panOnScroll: true,
  selectionOnDrag: false,
  panOnDrag: true,
  selectionMode: SelectionMode.Partial,
  connectionRadius: 36,
  reconnectRadius: 14,
  minZoom: 0.15,
  maxZoom: 2,
  // React Flow is MIT; the README names it.
  proOptions: { hideAttribution: true },
  elevateNodesOnSelect: false,
  ariaLabelConfig: { "node.a11yDescription.keyboardDisabled": "", "node.a11yDescription.default": "" },
} satisfies ReactFlowProps<FlowNode, WireEdge>;

/** The drawing: cards and lines, palette, picker, map and tools. */
export const Canvas = memo(function Canvas() {
  const t = useT("designer");
  const { select } = useEditor();
  const commands = useCommands();
  const document = useDesigner(drawn);
  const isEditing = !useDesigner(readsOnly);
  const mode = useDesigner((state) => state.mode);
  const isInspecting = useDesigner((state) => state.selected.length > 0);
  const isBeside = useDesigner((state) => state.panel !== undefined);
  const ways = useDesigner((state) => (state.shown ? UNFOLDED : state.folded));
  const folded = useMemo(() => fold(document, ways, portsOf), [document, ways]);
  const { positions, isReady, place, current } = usePositions(folded.document, isEditing);
  const root = useRef<HTMLDivElement>(null);
  const pointer = useRef<Point | undefined>(undefined);
  const shown = useRef(folded);
  shown.current = folded;
  const folds = useRef(folded.folds);
  folds.current = folded.folds;
  const start = useOpening(root, isReady, shown, current);
  const view = useView(root, current, pointer, isReady && start !== undefined, start?.at !== undefined);
  const dragging = useDragging(current, folds, shown, commands, place);
  const connecting = useConnecting(commands);
  const handlers = useHandlers(commands, dragging.onPositions);
  const { nodes, edges } = useFlow(folded, positions, dragging.notes);
  const labels = useLabels(root, start !== undefined);
  const adding = useAdding(root, shown, current, commands);
  useLooking(view, isReady, positions, current, folds, commands);
  const able = useAbleCanvas(root, commands, current, view);
  useKeys(root, commands, able, current, view);
  useAble("canvas", () => able(window.document.activeElement));
  useFar(root);
  useCarried(root);
  useEffect(() => forgetWay, []);
  const go = useCallback(
    (id: string) => {
      select([id]);
      view.show(id);
      focusNode(root.current, id);
    },
    [select, view],
  );

  return (
    <div
      ref={root}
      className={classes.canvas}
      data-ready={isReady || undefined}
      data-mode={mode}
      data-testid="canvas"
      role="application"
      aria-label={t("canvas")}
      onPointerMove={(event) => {
        const isOver = event.target instanceof Element && event.target.closest(".react-flow") !== null;
        pointer.current = isOver ? { x: event.clientX, y: event.clientY } : undefined;
      }}
      onPointerDownCapture={dragging.onPointerDownCapture}
      onDragStart={(event) => {
        if (!isWritten(event.target)) event.preventDefault();
      }}
      onPointerLeave={() => {
        pointer.current = undefined;
      }}
    >
      {start && (
        <CommandsContext value={commands}>
          <LabelsContext value={labels}>
            <ReactFlow<FlowNode, WireEdge>
              {...SETTINGS}
              {...handlers}
              defaultViewport={start.at}
              nodes={nodes}
              edges={edges}
              onNodeDragStart={dragging.onStart}
              onNodeDrag={dragging.onMove}
              onNodeDragStop={dragging.onStop}
              onSelectionDragStart={dragging.onSelectionStart}
              onSelectionDrag={dragging.onMove}
              onSelectionDragStop={dragging.onStop}
              onConnect={connecting.onConnect}
              onConnectStart={connecting.onConnectStart}
              onConnectEnd={connecting.onConnectEnd}
              onReconnect={connecting.onReconnect}
              nodesDraggable={isEditing}
              nodesConnectable={isEditing}
              edgesReconnectable={isEditing}
              onlyRenderVisibleElements={nodes.length > MANY}
            >
              <Dots />
              {nodes.length > MAPPED && <Overview nodes={nodes} isBeside={isInspecting} />}
            </ReactFlow>
          </LabelsContext>
        </CommandsContext>
      )}
      {isEditing && (
        <Palette isNarrow={isInspecting || isBeside} onDrag={adding.drag.start} onAdd={adding.drag.click} />
      )}
      <Tools able={able} isTidy={!isArrangedByHand(document)} />
      <Finder onShow={go} />
      <Here onShow={go} isBeside={isInspecting || isBeside} />
      {adding.picker(positions)}
      <ContextMenu root={root} commands={commands} positions={current} folds={folded.folds} />
      {adding.drag.ghost}
    </div>
  );
});

const isWritten = (target: EventTarget): boolean =>
  target instanceof Element && target.closest("input, textarea") !== null;
