"use client";
import { createContext, useContext } from "react";
import type { Place } from "../edit/place";

export type Count = { entered: number; waiting: number; left: number; failed: number };
export type Counts = {
  nodes: Record<string, Count>;
  /** How many left by a port, by `placeKey`. */
  ports: Record<string, number>;
  total: { entered: number; waiting: number; goal: number; failed: number };
};

const NONE: Count = { entered: 0, waiting: 0, left: 0, failed: 0 };
export const NO_COUNTS: Counts = { nodes: {}, ports: {}, total: { entered: 0, waiting: 0, goal: 0, failed: 0 } };
export const CountsContext = createContext<Counts>(NO_COUNTS);

export const useCount = (node: string): Count => useContext(CountsContext).nodes[node] ?? NONE;
/** A way's traffic, against the journey's busiest way. */
export function useShare(place: Place | undefined): number {
  const { ports } = useContext(CountsContext);
  const busiest = Math.max(1, ...Object.values(ports));
  return place ? (ports[`${place.from}:${place.port}`] ?? 0) / busiest : 0;
}
