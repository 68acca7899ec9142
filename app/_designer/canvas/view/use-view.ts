"use client";
import { useReducedMotion } from "@mantine/hooks";
import { useReactFlow } from "@xyflow/react";
import { type RefObject, useCallback, useEffect, useMemo, useRef } from "react";
import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import { edgesFrom, nodeOf, type Point } from "../../edit/place";
import { FIT, opening } from "../../geometry/opening";
import { sizeOf } from "../../geometry/size";
import { portsOf } from "../../kinds";
import { drawn } from "../../store/designer";
import { useEditor } from "../../store/use-designer";
import type { FlowNode } from "../flow/flow";
import type { WireEdge } from "../flow/lines";
import { freePart, type Part } from "./free-part";
import type { View } from "./view";

/** What stands below a card of its own: the names of its ways, the "+". */
const BELOW = 48;
/** So long the view glides to where it is wanted. */
const GLIDE_MS = 200;

/** What part of the drawing is seen, and how: zoom, fit, and the way to a card. */
export function useView(
  root: RefObject<HTMLDivElement | null>,
  current: RefObject<Record<string, Point>>,
  /** Where the pointer is, in the window's pixels. */
  pointer: RefObject<Point | undefined>,
  isReady: boolean,
  /** It was drawn where it opens from the first frame on. */
  isOpened: boolean,
): View {
  const still = useReducedMotion();
  const { store } = useEditor();
  const { fitView, zoomIn, zoomOut, getViewport, setViewport, screenToFlowPosition } = useReactFlow<
    FlowNode,
    WireEdge
  >();
  const fit = useCallback(() => {
    const canvas = root.current;
    if (!canvas) return;
    const { left, right } = freePart(canvas);
    const padding = {
      ...FIT.padding,
      left: `${left}px`,
      right: `${Math.max(FIT.right, canvas.clientWidth - right)}px`,
    } as const;
    void fitView({ ...FIT, padding, duration: still ? 0 : GLIDE_MS });
  }, [fitView, root, still]);
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

  /**
   * Brings a card into the free part of the canvas, with the steps its ways lead to where these fit: by as little as it takes where some of it is
   * seen, else into its middle.
   */
  const show = useCallback(
    (id: string) => {
      const at = current.current[id];
      const node = nodeOf(drawn(store.getState()), id);
      if (!at || !node || !root.current) return;
      const size = sizeOf(node, portsOf);
      const free = freePart(root.current);
      const { x, y, zoom } = getViewport();
      const seen = (part: Part): Part => ({
        left: part.left * zoom + x,
        top: part.top * zoom + y,
        right: part.right * zoom + x,
        bottom: part.bottom * zoom + y,
      });
      const card = seen({ left: at.x, top: at.y, right: at.x + size.width, bottom: at.y + size.height + BELOW });
      const branch = seen(branchOf(drawn(store.getState()), current.current, node, at));
      const isRoomy =
        branch.right - branch.left <= free.right - free.left && branch.bottom - branch.top <= free.bottom - free.top;
      const { left, top, right, bottom } = isRoomy ? branch : card;
      const { clientWidth, clientHeight } = root.current;
      const isAway = card.right < 0 || card.bottom < 0 || card.left > clientWidth || card.top > clientHeight;
      const [dx, dy] = isAway
        ? [(free.left + free.right - left - right) / 2, (free.top + free.bottom - top - bottom) / 2]
        : [inside(left, right, free.left, free.right), inside(top, bottom, free.top, free.bottom)];
      if (dx !== 0 || dy !== 0) void setViewport({ x: x + dx, y: y + dy, zoom }, { duration: still ? 0 : GLIDE_MS });
    },
    [current, getViewport, root, setViewport, still, store],
  );

  return useMemo(
    (): View => ({
      zoomIn: () => void zoomIn({ duration: still ? 0 : 160 }),
      zoomOut: () => void zoomOut({ duration: still ? 0 : 160 }),
      fit,
      show,
      pointer: () => pointer.current && screenToFlowPosition(pointer.current),
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

/** A card and the cards that its ways lead to, as they stand in the drawing. */
function branchOf(document: JourneyDocument, positions: Record<string, Point>, node: JourneyNode, at: Point): Part {
  const next = edgesFrom(document, node.id).flatMap(({ to }) => nodeOf(document, to) ?? []);
  const boxes = [node, ...next].flatMap((one) => {
    const place = one === node ? at : positions[one.id];
    // What leads back up is no branch.
    return place && place.y >= at.y ? [{ ...place, ...sizeOf(one, portsOf) }] : [];
  });
  return {
    left: Math.min(...boxes.map(({ x }) => x)),
    top: at.y,
    right: Math.max(...boxes.map(({ x, width }) => x + width)),
    bottom: Math.max(...boxes.map(({ y, height }) => y + height + BELOW)),
  };
}

/** How far a span has to move to lie between two bounds; what is longer than these begins where they begin. */
const inside = (from: number, to: number, least: number, most: number): number =>
  from < least || to - from > most - least ? least - from : to > most ? most - to : 0;
