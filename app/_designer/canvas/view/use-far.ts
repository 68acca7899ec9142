"use client";
import { useStoreApi } from "@xyflow/react";
import { type RefObject, useEffect } from "react";
import { settling } from "./settling";

/** From here down a card's small print is no longer read. */
const FAR = 0.7;
/** From here down there is no room for a title and figures. */
const TINY = 0.3;

/**
 * Tells the cards how far away they are seen, by `data-far` on the part of the canvas that moves: near enough to read = absent, then `title`, then
 * `tiny`. `--far` is how many units of the drawing one point of the screen has, so that a text can keep its size on the screen.
 */
export function useFar(root: RefObject<HTMLElement | null>): void {
  const { getState, subscribe } = useStoreApi();
  useEffect(() => {
    let shown: number | undefined;
    const show = () => {
      // Not on the canvas itself: palette and overview map would be styled anew each time.
      const moving = root.current?.querySelector<HTMLElement>(".react-flow__viewport");
      const zoom = getState().transform[2];
      if (!moving || zoom === shown) return;
      shown = zoom;
      if (zoom >= FAR) delete moving.dataset.far;
      else moving.dataset.far = zoom >= TINY ? "title" : "tiny";
      if (zoom < FAR) moving.style.setProperty("--far", (1 / zoom).toFixed(2));
    };
    show();
    const zooming = settling(show);
    const stop = subscribe(({ transform }) => {
      if (transform[2] === shown) return;
      if (shown === undefined) return show();
      zooming.again();
    });
    return () => {
      zooming.end();
      stop();
    };
  }, [getState, root, subscribe]);
}
