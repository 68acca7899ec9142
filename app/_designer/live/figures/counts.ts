"use client";
import { createContext, useContext } from "react";
import type { MessageCount } from "@/services/journeys/watching/message-counts";
import { type Place, placeKey } from "../../edit/place";

export type Count = { entered: number; waiting: number; left: number; failed: number };
export type Counts = {
  /** From when on what moves is counted; null = ever. */
  since: string | null;
  /** So long the server tells the same again; 0 = it counts at each look. */
  standsMs: number;
  nodes: Record<string, Count>;
  /** How many left by a port, by `placeKey`. */
  ports: Record<string, number>;
  /** By the id of a node that sends. */
  messages: Record<string, MessageCount>;
  total: {
    entered: number;
    waiting: number;
    goal: number;
    worth: number;
    failed: number;
    /** Kept out by a holdout, and how many of them reached the goal; in none of the others. */
    held: number;
    heldGoal: number;
  };
};

const NONE: Count = { entered: 0, waiting: 0, left: 0, failed: 0 };
export const NO_COUNTS: Counts = {
  since: null,
  standsMs: 0,
  nodes: {},
  ports: {},
  messages: {},
  total: { entered: 0, waiting: 0, goal: 0, worth: 0, failed: 0, held: 0, heldGoal: 0 },
};
export const CountsContext = createContext<Counts>(NO_COUNTS);

export const useCount = (node: string): Count => useContext(CountsContext).nodes[node] ?? NONE;
/** What came of a step's messages, and from when on it is counted. */
export function useMessageCount(node: string): { count: MessageCount | undefined; since: string | null } {
  const { messages, since } = useContext(CountsContext);
  return { count: messages[node], since };
}
/** A way's traffic, against the journey's busiest way. */
export function useShare(place: Place | undefined): number {
  const { ports } = useContext(CountsContext);
  return place ? (ports[placeKey(place)] ?? 0) / busiestOf(ports) : 0;
}

// Every line asks for it.
const busiest = new WeakMap<Counts["ports"], number>();
function busiestOf(ports: Counts["ports"]): number {
  const known = busiest.get(ports) ?? Object.values(ports).reduce((most, count) => Math.max(most, count), 1);
  busiest.set(ports, known);
  return known;
}
