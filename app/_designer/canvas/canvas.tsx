"use client";
import {
  Background,
  BackgroundVariant,
  type EdgeChange,
  MiniMap,
  type NodeChange,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  type XYPosition,
} from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { useReducedMotion } from "@mantine/hooks";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useT } from "../../_i18n/use-t";
import { move } from "../edit/arrange";
import { reconnect } from "../edit/connect";
import { isArrangedByHand, nodeOf, type Place, type Point } from "../edit/place";
import { sizeOf } from "../geometry/size";
import { familyOf, kindOf, portsOf } from "../kinds";
import { useCommands } from "../store/use-commands";
import { useDesigner, useEditor } from "../store/use-designer";
import { useSays, useTitle } from "../use-says";
import classes from "./canvas.module.css";
import { Card } from "./card";
import { dropTarget } from "./drop-target";
import { Finder } from "./finder";
import { type CardNode, createFlow, type WireEdge } from "./flow";
import { focusNode } from "./focus";
import { Palette } from "./palette";
import type { Picked } from "./pick";
import { Picker } from "./picker";
import { Tools } from "./tools";
import { useKeys, type View } from "./use-keys";
import { usePaletteDrag } from "./use-palette-drag";
import { usePositions } from "./use-positions";
import { Wire } from "./wire";

const nodeTypes = { card: Card };
const edgeTypes = { wire: Wire };
const FIT = {
  padding: { top: "40px", bottom: "64px", left: "232px", right: "56px" },
  maxZoom: 1,
  minZoom: 0.2,
} as const;
/** From here on the overview map earns its place. */
const MAPPED = 12;
const READABLE = 0.8;
const FIT_BESIDE = { ...FIT, padding: { ...FIT.padding, right: "416px" } } as const;

/** The drawing: cards and lines, palette, picker, map and tools. */
export function Canvas() {
  const t = useT("designer");
  const still = useReducedMotion();
  const { store, edit, select } = useEditor();
  const commands = useCommands();
  const document = useDesigner((state) => state.document);
  const selected = useDesigner((state) => state.selected);
  const wire = useDesigner((state) => state.wire);
  const mode = useDesigner((state) => state.mode);
  const picking = useDesigner((state) => state.picking);
  const isLive = mode === "live";
  const { positions, isReady, place, current } = usePositions(document);
  const { fitView, screenToFlowPosition, zoomIn, zoomOut, getViewport, setViewport, setCenter, getZoom } = useReactFlow<
    CardNode,
    WireEdge
  >();
  const root = useRef<HTMLDivElement>(null);
  const pointer = useRef<Point | undefined>(undefined);

  const says = useSays();
  const titleOf = useTitle();
  const [flow] = useState(createFlow);
  const label = useCallback(
    (node: CardNode["data"]["node"]) =>
      `${titleOf(node)}: ${says(node)
        .map((piece) => piece.text)
        .join("")}`,
    [says, titleOf],
  );
  const nodes = useMemo(
    () => flow.nodes(document, positions, selected, label),
    [document, flow, label, positions, selected],
  );
  const edges = useMemo(() => flow.wires(document, positions, wire), [document, flow, positions, wire]);

  const isInspecting = selected.length > 0;
  const fit = useCallback(
    () => void fitView({ ...(store.getState().selected.length > 0 ? FIT_BESIDE : FIT), duration: still ? 0 : 240 }),
    [fitView, still, store],
  );
  const hasFit = useRef(false);
  useEffect(() => {
    if (!isReady || hasFit.current) return;
    hasFit.current = true;
    // A journey opens at a readable size, its trigger at the top, in the middle of the free canvas.
    requestAnimationFrame(
      () =>
        void fitView(FIT).then(() => {
          const { x, zoom } = getViewport();
          const frame = root.current?.getBoundingClientRect();
          const entry = current.current[store.getState().document.entry];
          if (!frame || !entry) return;
          const middle = (232 + frame.width - 56) / 2;
          const size = Math.max(READABLE, zoom);
          const trigger = nodeOf(store.getState().document, store.getState().document.entry);
          const centre = size > zoom && trigger ? entry.x + sizeOf(trigger, portsOf).width / 2 : (middle - x) / zoom;
          void setViewport({ x: middle - centre * size, y: 40 - entry.y * size, zoom: size });
        }),
    );
  }, [current, fitView, getViewport, isReady, setViewport, store]);

  /** Brings a card into the free part of the canvas, if it is not there already. */
  const show = useCallback(
    (id: string) => {
      const at = current.current[id];
      const node = nodeOf(store.getState().document, id);
      const frame = root.current?.getBoundingClientRect();
      if (!at || !node || !frame) return;
      const size = sizeOf(node, portsOf);
      const { x, y, zoom } = getViewport();
      const [left, top] = [at.x * zoom + x, at.y * zoom + y];
      const isSeen =
        left > 216 &&
        top > 8 &&
        left + size.width * zoom < frame.width - 400 &&
        top + (size.height + 48) * zoom < frame.height - 8;
      if (!isSeen)
        void setCenter(at.x + size.width / 2 + 88 / zoom, at.y + size.height / 2 + 40, {
          zoom: getZoom(),
          duration: still ? 0 : 240,
        });
    },
    [current, getViewport, getZoom, setCenter, still, store],
  );

  const view = useMemo(
    (): View => ({
      zoomIn: () => void zoomIn({ duration: still ? 0 : 160 }),
      zoomOut: () => void zoomOut({ duration: still ? 0 : 160 }),
      fit,
      show,
      pointer: () => pointer.current,
    }),
    [fit, show, still, zoomIn, zoomOut],
  );
  useKeys(root, commands, current, view);

  // A step just added or jumped to is brought into view once it has found its place.
  const last = useDesigner((state) => (state.selected.length <= 4 ? state.selected[0] : undefined));
  useEffect(() => {
    if (last === undefined || !isReady) return;
    const timer = setTimeout(() => show(last), 300);
    return () => clearTimeout(timer);
  }, [last, isReady, show]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      const moved = changes.flatMap((change) =>
        change.type === "position" && change.position ? [[change.id, change.position] as const] : [],
      );
      if (moved.length > 0) place({ ...current.current, ...Object.fromEntries(moved) });
      const selects = changes.filter((change) => change.type === "select");
      if (selects.length > 0) {
        const chosen = new Set(store.getState().selected);
        for (const { id, selected: isOn } of selects)
          if (isOn) chosen.add(id);
          else chosen.delete(id);
        store.setState({ selected: [...chosen], path: undefined, ...(chosen.size > 0 && { wire: undefined }) });
      }
    },
    [current, place, store],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<WireEdge>[]) => {
      for (const change of changes)
        if (change.type === "select")
          store.setState((state) => ({
            wire: change.selected ? change.id : state.wire === change.id ? undefined : state.wire,
          }));
    },
    [store],
  );
  const settle = useCallback(() => edit(move(current.current)), [current, edit]);

  const drag = usePaletteDrag({
    toFlow: screenToFlowPosition,
    root,
    aim: (kind, at) =>
      store.setState({ aim: at && dropTarget(store.getState().document, current.current, at, hasWayOn(kind)) }),
    drop: (kind, at) => {
      const { aim } = store.getState();
      store.setState({ aim: undefined });
      const size = sizeOf({ id: "", kind, config: (kindOf(kind)?.initial ?? {}) as Record<string, unknown> }, portsOf);
      const id = aim
        ? commands.add(kind, aim.place)
        : commands.addFree(kind, { x: at.x - size.width / 2, y: at.y - size.height / 2 }, current.current);
      focusNode(root.current, id);
    },
    click: (kind) => {
      const id = commands.addAfterSelection(kind);
      if (id !== undefined) focusNode(root.current, id);
    },
  });

  const onPick = (way: Place | undefined, picked: Picked) => {
    const from = picking && "from" in picking ? picking.from : undefined;
    if ("existing" in picked) {
      const place = way ?? from;
      if (place) commands.connect(place, picked.existing);
      focusNode(root.current, picked.existing);
      return;
    }
    const id = way
      ? commands.add(picked.kind, way)
      : picking && "at" in picking
        ? commands.addFree(picked.kind, picking.at, current.current, from)
        : undefined;
    if (id !== undefined) focusNode(root.current, id);
  };

  return (
    <div
      ref={root}
      className={classes.canvas}
      data-ready={isReady || undefined}
      data-live={isLive || undefined}
      data-testid="canvas"
      role="application"
      aria-label={t("canvas")}
      onPointerMove={(event) => {
        pointer.current = screenToFlowPosition({ x: event.clientX, y: event.clientY });
      }}
      onPointerLeave={() => {
        pointer.current = undefined;
      }}
    >
      <ReactFlow<CardNode, WireEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDragStop={settle}
        onSelectionDragStop={settle}
        nodeDragThreshold={3}
        onConnect={(connection) => {
          if (connection.sourceHandle)
            commands.connect({ from: connection.source, port: connection.sourceHandle }, connection.target);
        }}
        onConnectEnd={(event, state) => {
          const { fromNode, fromHandle, toNode } = state;
          if (!fromNode || !fromHandle?.id || fromHandle.type !== "source" || state.isValid) return;
          const from = { from: fromNode.id, port: fromHandle.id };
          const at = "changedTouches" in event ? event.changedTouches[0] : event;
          const over =
            toNode?.id ??
            (at &&
              window.document.elementFromPoint(at.clientX, at.clientY)?.closest<HTMLElement>(".react-flow__node")
                ?.dataset.id);
          if (over !== undefined) {
            if (over !== fromNode.id) commands.connect(from, over);
            return;
          }
          if (
            at &&
            Math.hypot(
              at.clientX - (pressed.current?.x ?? at.clientX),
              at.clientY - (pressed.current?.y ?? at.clientY),
            ) > 24
          )
            store.setState({ picking: { at: shifted(screenToFlowPosition({ x: at.clientX, y: at.clientY })), from } });
        }}
        onConnectStart={(event) => {
          const at = "touches" in event ? event.touches[0] : event;
          pressed.current = at && { x: at.clientX, y: at.clientY };
        }}
        onReconnect={(was, now) => {
          if (was.sourceHandle && now.sourceHandle)
            edit(
              reconnect(
                { from: was.source, port: was.sourceHandle },
                { from: now.source, port: now.sourceHandle },
                now.target,
              ),
            );
        }}
        isValidConnection={({ source, target }) => source !== target && target !== document.entry}
        onPaneClick={() => {
          commands.close();
          select([]);
        }}
        onNodeDoubleClick={() =>
          window.document
            .querySelector<HTMLElement>("[data-inspector] :is(input, textarea, button):not([data-skip])")
            ?.focus()
        }
        onDoubleClick={(event) => {
          if (isLive || !(event.target instanceof Element) || !event.target.classList.contains("react-flow__pane"))
            return;
          store.setState({ picking: { at: shifted(screenToFlowPosition({ x: event.clientX, y: event.clientY })) } });
        }}
        nodesDraggable={!isLive}
        nodesConnectable={!isLive}
        edgesReconnectable={!isLive}
        edgesFocusable={false}
        nodesFocusable
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={["Meta", "Control", "Shift"]}
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
        onlyRenderVisibleElements={nodes.length > 80}
        attributionPosition="top-right"
        elevateNodesOnSelect={false}
        ariaLabelConfig={{ "node.a11yDescription.keyboardDisabled": "", "node.a11yDescription.default": "" }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} color="var(--dot)" bgColor="var(--paper)" />
        {nodes.length > MAPPED && (
          <MiniMap
            className={classes.map}
            pannable
            zoomable
            ariaLabel={t("map")}
            nodeClassName={(node: CardNode) => classes[familyOf(node.data.node.kind)] ?? ""}
            maskColor="color-mix(in srgb, var(--paper) 72%, transparent)"
            bgColor="var(--raised)"
            nodeBorderRadius={16}
            style={{ width: 152, height: 104, right: isInspecting ? 384 : 0 }}
          />
        )}
      </ReactFlow>
      {!isLive && <Palette onDrag={drag.start} onAdd={drag.click} />}
      <Tools view={view} isTidy={!isArrangedByHand(document)} isBeside={isInspecting} />
      <Finder
        onShow={(id) => {
          select([id]);
          view.show(id);
          focusNode(root.current, id);
        }}
      />
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
          }}
        />
      )}
      {drag.ghost}
    </div>
  );
}

const pressed: { current: Point | undefined } = { current: undefined };
const hasWayOn = (kind: string) =>
  portsOf({ kind, config: (kindOf(kind)?.initial ?? {}) as Record<string, unknown> }).length > 0;
const shifted = (at: XYPosition): Point => ({ x: at.x - 136, y: at.y });
