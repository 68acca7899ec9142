"use client";
import { useStoreApi } from "@xyflow/react";
import { type RefObject, useEffect } from "react";
import { settling } from "./settling";

/** A browser paints a layer of this kind at full size, however small it is seen: from farther away that is more than painting what is seen. */
const NEAR = 0.5;

/**
 * While the view moves, the drawing is a layer of its own, which the browser paints once and then only carries and scales; once it stands it is
 * painted as it is seen then, so that letters are sharp. Without a graphics card, painting it at each step takes longer.
 */
export function useCarried(root: RefObject<HTMLElement | null>): void {
  const { subscribe } = useStoreApi();
  useEffect(() => {
    const moving = () => root.current?.querySelector<HTMLElement>(".react-flow__viewport")?.style;
    const put = () => moving()?.removeProperty("will-change");
    const standing = settling(put);
    const stop = subscribe(({ transform }, { transform: before }) => {
      if (transform === before) return;
      if (transform[2] < NEAR) return put();
      moving()?.setProperty("will-change", "transform");
      standing.again();
    });
    return () => {
      standing.end();
      stop();
    };
  }, [root, subscribe]);
}
