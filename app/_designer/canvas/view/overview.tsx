"use client";
import { Panel, useReactFlow, useStoreApi } from "@xyflow/react";
import {
  memo,
  type PointerEvent,
  useCallback,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
} from "react";
import { useT } from "../../../_i18n/use-t";
import type { Point } from "../../edit/place";
import type { Box } from "../../geometry/route";
import { familyOf } from "../../kinds";
import type { FlowNode } from "../flow/flow";
import classes from "./overview.module.css";
import { mapOf, outlineOf, seenOn } from "./overview-map";

const SIZE = { width: 152, height: 104 };
/** By a step of a wheel the zoom changes as on the canvas. */
const WHEEL = 0.002;
/** A wheel that counts lines, in its points. */
const LINE = 25;

/**
 * The whole drawing at the canvas's lower right, and what of it is seen: pressed elsewhere, the view goes there; dragged, it moves along; a wheel
 * zooms. Drawn once for all cards of a family, and moved without being drawn again: the library's own draws each card apart, and all of them
 * anew at each step of a pan. `isBeside` the inspector, which is open.
 */
export const Overview = memo(function Overview({ nodes, isBeside }: { nodes: FlowNode[]; isBeside: boolean }) {
  const t = useT("designer");
  const { getState, subscribe } = useStoreApi();
  const { getViewport, setViewport, zoomTo } = useReactFlow();
  // What is carried comes first.
  const drawn = useDeferredValue(nodes);
  const { map, families } = useMemo(() => {
    const byFamily = new Map<string, Box[]>();
    for (const node of drawn) {
      const family = node.type === "card" ? familyOf(node.data.node.kind) : "slip";
      const box = { ...node.position, width: node.width ?? 0, height: node.height ?? 0 };
      const beside = byFamily.get(family);
      if (beside) beside.push(box);
      else byFamily.set(family, [box]);
    }
    return { map: mapOf([...byFamily.values()].flat(), SIZE), families: [...byFamily] };
  }, [drawn]);
  const frame = useRef<HTMLDivElement>(null);
  const seen = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const show = () => {
      const { transform, width, height } = getState();
      if (!seen.current) return;
      const box = seenOn(map, transform, { width, height });
      seen.current.style.transform = `translate(${box.x}px, ${box.y}px)`;
      seen.current.style.width = `${box.width}px`;
      seen.current.style.height = `${box.height}px`;
    };
    show();
    return subscribe((now, before) => {
      if (now.transform !== before.transform || now.width !== before.width || now.height !== before.height) show();
    });
  }, [getState, map, subscribe]);

  useEffect(() => {
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const by = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1);
      void zoomTo(getViewport().zoom * 2 ** (-by * WHEEL));
    };
    // React listens passively, and the page would be zoomed too.
    const on = frame.current;
    on?.addEventListener("wheel", onWheel, { passive: false });
    return () => on?.removeEventListener("wheel", onWheel);
  }, [getViewport, zoomTo]);

  const held = useRef<Point | undefined>(undefined);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { x: event.clientX, y: event.clientY };
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const at = { x: event.clientX - left, y: event.clientY - top };
    const { transform, width, height } = getState();
    if (isIn(at, seenOn(map, transform, { width, height }))) return;
    const { zoom } = getViewport();
    const middle = { x: map.from.x + at.x * map.scale, y: map.from.y + at.y * map.scale };
    void setViewport({ x: width / 2 - middle.x * zoom, y: height / 2 - middle.y * zoom, zoom });
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const was = held.current;
    if (!was) return;
    held.current = { x: event.clientX, y: event.clientY };
    const { x, y, zoom } = getViewport();
    const by = map.scale * zoom;
    void setViewport({ x: x - (event.clientX - was.x) * by, y: y - (event.clientY - was.y) * by, zoom });
  };
  const letGo = useCallback(() => {
    held.current = undefined;
  }, []);

  const { from, scale } = map;
  return (
    <Panel
      position="bottom-right"
      className={classes.map}
      style={{ right: isBeside ? "calc(var(--inspector) + 12px)" : 0 }}
      data-testid="overview"
    >
      <div
        ref={frame}
        className={classes.frame}
        style={SIZE}
        role="img"
        aria-label={t("map")}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={letGo}
        onPointerCancel={letGo}
      >
        <svg
          {...SIZE}
          viewBox={`${from.x} ${from.y} ${SIZE.width * scale} ${SIZE.height * scale}`}
          shapeRendering="crispEdges"
          aria-hidden
        >
          {families.map(([family, boxes]) => (
            <path key={family} className={classes[family]} d={outlineOf(boxes, scale)} />
          ))}
        </svg>
        <div ref={seen} className={classes.seen} />
      </div>
    </Panel>
  );
});

const isIn = ({ x, y }: Point, box: Box): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
