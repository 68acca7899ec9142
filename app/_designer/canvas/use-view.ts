"use client";
import { useReducedMotion } from "@mantine/hooks";
import { useReactFlow } from "@xyflow/react";
import { type RefObject, useCallback, useEffect, useMemo, useRef } from "react";
import { nodeOf, type Point } from "../edit/place";
import { FIT, opening } from "../geometry/opening";
import { sizeOf } from "../geometry/size";
import { portsOf } from "../kinds";
import { type DesignerState, drawn } from "../store/designer";
import { useEditor } from "../store/use-designer";
import type { FlowNode, WireEdge } from "./flow";
import type { View } from "./use-keys";

/** What stands on the left: the palette or the live numbers, or the list of differences. */
const leftOf = ({ mode }: DesignerState): number => (mode === "compare" ? 352 : 216);
/** The inspector. */
const RIGHT = 400;

/** What part of the drawing is seen, and how: zoom, fit, and the way to a card. */
export function useView(
  root: RefObject<HTMLDivElement | null>,
  current: RefObject<Record<string, Point>>,
  pointer: RefObject<Point | undefined>,
  isReady: boolean,
  /** It was drawn where it opens from the first frame on. */
  isOpened: boolean,
): View {
  const still = useReducedMotion();
  const { store } = useEditor();
  const { fitView, zoomIn, zoomOut, getViewport, setViewport, setCenter, getZoom, screenToFlowPosition } = useReactFlow<
    FlowNode,
    WireEdge
  >();
  const fit = useCallback(() => {
    const { selected, panel } = store.getState();
    const isBeside = selected.length > 0 || panel === "settings" || panel === "versions";
    const left = `${leftOf(store.getState()) + 16}px` as const;
    const padding = { ...FIT.padding, left, ...(isBeside && { right: "416px" as const }) };
    void fitView({ ...FIT, padding, duration: still ? 0 : 240 });
  }, [fitView, still, store]);
  const isShown = useRef(false);
  useEffect(() => {
    if (!isReady || isShown.current) return;
    isShown.current = true;
    requestAnimationFrame(() => {
      const frame = root.current?.getBoundingClientRect();
      if (!frame) return;
      if (!isOpened) void setViewport(opening(drawn(store.getState()), current.current, frame, portsOf));
      root.current?.setAttribute("data-shown", "");
    });
  }, [current, isOpened, isReady, root, setViewport, store]);

  /** Brings a card into the free part of the canvas, if it is not there already. */
  const show = useCallback(
    (id: string) => {
      const at = current.current[id];
      const node = nodeOf(drawn(store.getState()), id);
      const frame = root.current?.getBoundingClientRect();
      if (!at || !node || !frame) return;
      const size = sizeOf(node, portsOf);
      const { x, y, zoom } = getViewport();
      const [left, top] = [at.x * zoom + x, at.y * zoom + y];
      const isSeen =
        left > leftOf(store.getState()) &&
        top > 8 &&
        left + size.width * zoom < frame.width - RIGHT &&
        top + (size.height + 48) * zoom < frame.height - 8;
      if (!isSeen)
        void setCenter(
          at.x + size.width / 2 + (RIGHT - leftOf(store.getState())) / 2 / zoom,
          at.y + size.height / 2 + 40,
          {
            zoom: getZoom(),
            duration: still ? 0 : 240,
          },
        );
    },
    [current, getViewport, getZoom, root, setCenter, still, store],
  );

  return useMemo(
    (): View => ({
      zoomIn: () => void zoomIn({ duration: still ? 0 : 160 }),
      zoomOut: () => void zoomOut({ duration: still ? 0 : 160 }),
      fit,
      show,
      pointer: () => pointer.current,
      middle: () => {
        const frame = root.current?.getBoundingClientRect();
        return frame
          ? screenToFlowPosition({ x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 })
          : { x: 0, y: 0 };
      },
    }),
    [fit, pointer, root, screenToFlowPosition, show, still, zoomIn, zoomOut],
  );
}
