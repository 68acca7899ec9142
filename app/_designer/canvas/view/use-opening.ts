"use client";
import type { Viewport } from "@xyflow/react";
import { type RefObject, useLayoutEffect, useState } from "react";
import type { Folded } from "../../edit/fold";
import type { Point } from "../../edit/place";
import { opening } from "../../geometry/opening";
import { portsOf } from "../../kinds";

/**
 * How the canvas begins; undefined until it has a size, which the library has to know, for it draws only what is in the window. `at`: where the
 * drawing opens, if places are known by then.
 */
export function useOpening(
  root: RefObject<HTMLElement | null>,
  isReady: boolean,
  shown: RefObject<Folded>,
  current: RefObject<Record<string, Point>>,
): { at: Viewport | undefined } | undefined {
  const [start, setStart] = useState<{ at: Viewport | undefined }>();
  useLayoutEffect(() => {
    if (start || !root.current) return;
    const frame = { width: root.current.clientWidth, height: root.current.clientHeight };
    setStart({ at: isReady ? opening(shown.current.document, current.current, frame, portsOf) : undefined });
  }, [current, isReady, root, shown, start]);
  return start;
}
