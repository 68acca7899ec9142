"use client";
import { useStoreApi } from "@xyflow/react";
import { memo, useEffect, useRef } from "react";
import classes from "./dots.module.css";
import { settling } from "./settling";

/** Units of the drawing between two dots: so many, or twice, four times as many where it is seen from far away. */
const GAP = 20;
/** Points of the screen between two dots: at least so many, and less than twice as many. */
const LEAST = 14;

/**
 * The drawing's dotted paper: a layer that is moved with the drawing, by whole points, and painted when a zoom has ended. React Flow's own is a
 * picture as large as the canvas, painted at each step of a pan or a zoom, which takes longer than all cards together where no graphics card helps.
 */
export const Dots = memo(function Dots() {
  const { getState, subscribe } = useStoreApi();
  const dots = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const move = () => {
      const [x, y, zoom] = getState().transform;
      const pitch = pitchAt(zoom);
      if (dots.current) dots.current.style.transform = `translate3d(${tileAt(x, pitch)}px, ${tileAt(y, pitch)}px, 0)`;
      return pitch;
    };
    const paint = () => {
      const pitch = move();
      if (!dots.current) return;
      dots.current.style.backgroundSize = `${pitch}px ${pitch}px`;
      dots.current.style.opacity = "1";
    };
    paint();
    const zooming = settling(paint);
    const stop = subscribe(({ transform }, { transform: before }) => {
      if (transform[2] !== before[2]) {
        // They come back once the drawing stands.
        if (dots.current) dots.current.style.opacity = "0";
        zooming.again();
      } else if (transform !== before) move();
    });
    return () => {
      zooming.end();
      stop();
    };
  }, [getState, subscribe]);
  return <div ref={dots} className={classes.dots} aria-hidden data-testid="dots" />;
});

/** Points of the screen between two dots at this zoom. */
export function pitchAt(zoom: number): number {
  let pitch = GAP * zoom;
  while (pitch < LEAST) pitch *= 2;
  while (pitch >= LEAST * 2) pitch /= 2;
  return pitch;
}

/** Where the first tile begins on the screen, for the view's x or y, in whole points: a dot, which is a tile's middle, lies on the drawing's origin. */
export function tileAt(at: number, pitch: number): number {
  // One tile further up or left, so that the window's edge is covered too.
  return Math.round((((at % pitch) + pitch) % pitch) - pitch * 1.5);
}
