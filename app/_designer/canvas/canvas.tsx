"use client";
import { MiniMap, ReactFlow, SelectionMode, useReactFlow, type Viewport } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { initialOf } from "@/core/journey/ask-kind";
import { useT } from "../../_i18n/use-t";
import { useAble } from "../commands/use-able";
import { fold } from "../edit/fold";
import { isNote } from "../edit/notes";
import { isArrangedByHand, type Place, type Point } from "../edit/place";
import { opening } from "../geometry/opening";
import { sizeOf } from "../geometry/size";
import { familyOf, portsOf } from "../kinds";
import { Here } from "../presence/here";
import { drawn, isFixed as readsOnly } from "../store/designer";
import { forgetWay } from "../store/use-ask-way";
import { useCommands } from "../store/use-commands";
import { useDesigner, useEditor } from "../store/use-designer";
import { useSays, useTitle } from "../use-says";
import classes from "./canvas.module.css";
import { Card } from "./cards/card";
import { Note } from "./cards/note";
import { Wire } from "./cards/wire";
import { ContextMenu } from "./context-menu";
import { dropTarget } from "./drop-target";
import { type CardNode, createFlow, type FlowNode, hiding, type WireEdge } from "./flow";
import { focusNode } from "./focus";
import { Finder } from "./picking/finder";
import { Palette } from "./picking/palette";
import type { Picked } from "./picking/pick";
import { Picker } from "./picking/picker";
import { usePaletteDrag } from "./picking/use-palette-drag";
import { Tools } from "./tools";
import { useAbleCanvas } from "./use-able-canvas";
import { useConnecting } from "./use-connecting";
import { useDragging } from "./use-dragging";
import { useHandlers } from "./use-handlers";
import { useKeys } from "./use-keys";
import { usePositions } from "./use-positions";
import { Dots } from "./view/dots";
import { useFar } from "./view/use-far";
import { useView } from "./view/use-view";

const nodeTypes = { card: Card, note: Note };
const edgeTypes = { wire: Wire };
/** From here on the overview map earns its place. */
const MAPPED = 12;
const UNFOLDED: string[] = [];
/** A card has slid to its place by then. */
const SETTLED_MS = 300;
/** React Flow is MIT; the README names it. */
const UNSIGNED = { hideAttribution: true };
const UNDESCRIBED = { "node.a11yDescription.keyboardDisabled": "", "node.a11yDescription.default": "" };
const ADDING = ["Meta", "Control", "Shift"];

/** The drawing: cards and lines, palette, picker, map and tools. */
export const Canvas = memo(function Canvas() {
  const t = useT("designer");
  const { store, select } = useEditor();
  const commands = useCommands();
  const document = useDesigner(drawn);
  const marks = useDesigner((state) => state.shown?.marks);
  const isEditing = !useDesigner(readsOnly);
  const selected = useDesigner((state) => state.selected);
  const wire = useDesigner((state) => state.wire);
  const mode = useDesigner((state) => state.mode);
  const picking = useDesigner((state) => state.picking);
  const ways = useDesigner((state) => (state.shown ? UNFOLDED : state.folded));
  const folded = useMemo(() => fold(document, ways, portsOf), [document, ways]);
  const { positions, isReady, place, current } = usePositions(folded.document, isEditing);
  const { getZoom, screenToFlowPosition } = useReactFlow<FlowNode, WireEdge>();
  const root = useRef<HTMLDivElement>(null);
  const pointer = useRef<Point | undefined>(undefined);
  const shown = useRef(folded);
  shown.current = folded;
  const folds = useRef(folded.folds);
  folds.current = folded.folds;
  // The library draws only what is in the window: it begins with the canvas's size and, where places are known, where the drawing opens.
  const [start, setStart] = useState<{ at: Viewport | undefined }>();
  useLayoutEffect(() => {
    if (start || !root.current) return;
    const frame = { width: root.current.clientWidth, height: root.current.clientHeight };
    setStart({ at: isReady ? opening(shown.current.document, current.current, frame, portsOf) : undefined });
  }, [current, isReady, start]);
  const view = useView(root, current, pointer, isReady && start !== undefined, start?.at !== undefined);
  const dragging = useDragging(current, folds, shown, commands, place);
  const connecting = useConnecting(commands);

  const says = useSays();
  const titleOf = useTitle();
  const [flow] = useState(createFlow);
  const compared = useT("designerCompare");
  const label = useCallback(
    (node: CardNode["data"]["node"], mark: CardNode["data"]["mark"]) =>
      `${mark ? `${compared(`mark.${mark}`)}: ` : ""}${titleOf(node)}: ${says(node)
        .map((piece) => piece.text)
        .join("")}`,
    [compared, says, titleOf],
  );
  const cards = useMemo(
    () => flow.cards(folded, positions, selected, label, marks),
    [flow, folded, label, marks, positions, selected],
  );
  const notes = useMemo(
    () => flow.notes(document, dragging.notes, selected),
    [document, dragging.notes, flow, selected],
  );
  const nodes = useMemo((): FlowNode[] => [...cards, ...notes], [cards, notes]);
  const edges = useMemo(() => flow.wires(folded, positions, wire, marks), [flow, folded, marks, positions, wire]);
  const able = useAbleCanvas(root, commands, current, view);
  useKeys(root, commands, able, current, view);
  useAble("canvas", () => able(window.document.activeElement));
  useFar(root);
  useEffect(() => forgetWay, []);
  const isInspecting = selected.length > 0;
  const isBeside = useDesigner((state) => state.panel !== undefined);

  // A step just added or jumped to is brought into view once it has found its place.
  const last = selected.length <= 4 ? selected[0] : undefined;
  const hasPlace = last !== undefined && positions[last] !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: chosen again, it is shown again
  useEffect(() => {
    if (last === undefined || !isReady || isNote(last)) return;
    const behind = hiding(folds.current, last);
    if (behind.length > 0) commands.unfold(behind);
    if (!hasPlace) return;
    const timer = setTimeout(() => view.show(last), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [commands, hasPlace, isReady, last, selected, view]);

  // A comparison begins at its uppermost difference.
  useEffect(() => {
    if (!marks || !isReady) return;
    const timer = setTimeout(() => {
      const height = (id: string) => current.current[id]?.y ?? Number.POSITIVE_INFINITY;
      const [top] = [...marks.nodes.keys()].sort((a, b) => height(a) - height(b));
      if (top !== undefined && store.getState().selected.length === 0) view.show(top);
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [current, isReady, marks, store, view]);

  const handlers = useHandlers(commands, dragging.onPositions);

  const drag = usePaletteDrag({
    toFlow: screenToFlowPosition,
    root,
    aim: (kind, at) =>
      store.setState({ aim: at && dropTarget(shown.current.document, current.current, at, hasWayOn(kind), getZoom()) }),
    drop: (kind, at) => {
      const { aim } = store.getState();
      store.setState({ aim: undefined });
      const size = sizeOf({ id: "", kind, config: initialOf(kind) }, portsOf);
      const id = aim
        ? commands.add({ kind }, aim.place)
        : commands.addFree({ kind }, { x: at.x - size.width / 2, y: at.y - size.height / 2 }, current.current);
      focusNode(root.current, id);
    },
    click: (kind) => {
      const id = commands.addAfterSelection(kind);
      if (id !== undefined) focusNode(root.current, id);
    },
  });

  const go = useCallback(
    (id: string) => {
      select([id]);
      view.show(id);
      focusNode(root.current, id);
    },
    [select, view],
  );
  const onPick = (way: Place | undefined, picked: Picked) => {
    const from = picking && "from" in picking ? picking.from : undefined;
    if (picking && "replace" in picking) {
      if ("kind" in picked) focusNode(root.current, commands.replace(picking.replace, picked));
      return;
    }
    if ("existing" in picked) {
      const place = way ?? from;
      if (place) commands.connect(place, picked.existing);
      focusNode(root.current, picked.existing);
      return;
    }
    const id = way
      ? commands.add(picked, way)
      : picking && "at" in picking
        ? commands.addFree(picked, picking.at, current.current, from)
        : undefined;
    if (id !== undefined) focusNode(root.current, id);
  };

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
        pointer.current = isOver ? screenToFlowPosition({ x: event.clientX, y: event.clientY }) : undefined;
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
        <ReactFlow<FlowNode, WireEdge>
          defaultViewport={start.at}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          {...handlers}
          onNodeDragStart={dragging.onStart}
          onNodeDrag={dragging.onMove}
          onNodeDragStop={dragging.onStop}
          onSelectionDragStart={dragging.onSelectionStart}
          onSelectionDrag={dragging.onMove}
          onSelectionDragStop={dragging.onStop}
          nodeDragThreshold={3}
          onConnect={connecting.onConnect}
          onConnectStart={connecting.onConnectStart}
          onConnectEnd={connecting.onConnectEnd}
          onReconnect={connecting.onReconnect}
          nodesDraggable={isEditing}
          nodesConnectable={isEditing}
          edgesReconnectable={isEditing}
          edgesFocusable={false}
          nodesFocusable
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode="Shift"
          multiSelectionKeyCode={ADDING}
          panActivationKeyCode="Space"
          zoomOnDoubleClick={false}
          panOnScroll
          selectionOnDrag={false}
          panOnDrag
          selectionMode={SelectionMode.Partial}
          connectionRadius={36}
          reconnectRadius={14}
          minZoom={0.15}
          maxZoom={2}
          onlyRenderVisibleElements={nodes.length > 60}
          proOptions={UNSIGNED}
          elevateNodesOnSelect={false}
          ariaLabelConfig={UNDESCRIBED}
        >
          <Dots />
          {nodes.length > MAPPED && (
            <MiniMap
              className={classes.map}
              pannable
              zoomable
              ariaLabel={t("map")}
              nodeClassName={onMap}
              maskColor="color-mix(in srgb, var(--paper) 72%, transparent)"
              bgColor="var(--raised)"
              nodeBorderRadius={16}
              style={{ width: 152, height: 104, right: isInspecting ? "calc(var(--inspector) + 12px)" : 0 }}
            />
          )}
        </ReactFlow>
      )}
      {isEditing && <Palette isNarrow={isInspecting || isBeside} onDrag={drag.start} onAdd={drag.click} />}
      <Tools able={able} isTidy={!isArrangedByHand(document)} />
      <Finder onShow={go} />
      <Here onShow={go} isBeside={isInspecting || isBeside} />
      {picking && (
        <Picker
          key={JSON.stringify(picking)}
          picking={picking}
          positions={positions}
          onPick={onPick}
          onClose={() => {
            commands.close();
            if ("place" in picking) focusNode(root.current, picking.place.from);
            else if ("node" in picking) focusNode(root.current, picking.node);
            else if ("replace" in picking) focusNode(root.current, picking.replace);
          }}
        />
      )}
      <ContextMenu root={root} commands={commands} positions={current} folds={folded.folds} />
      {drag.ghost}
    </div>
  );
});

const isWritten = (target: EventTarget): boolean =>
  target instanceof Element && target.closest("input, textarea") !== null;
const onMap = (node: FlowNode): string =>
  (node.type === "card" && classes[familyOf(node.data.node.kind)]) || (classes.slip ?? "");
const hasWayOn = (kind: string) => portsOf({ kind, config: initialOf(kind) }).length > 0;
