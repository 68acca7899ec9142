"use client";
import { useSyncExternalStore } from "react";
import { useNow } from "use-intl";

const EVERY_MS = 15_000;
const told = new Set<() => void>();
let tick = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(tell: () => void): () => void {
  told.add(tell);
  timer ??= setInterval(() => {
    tick = Date.now();
    for (const one of told) one();
  }, EVERY_MS);
  return () => {
    told.delete(tell);
    if (told.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, renewed each quarter of a minute by one clock for the whole page; at first the server's, so that both sides write the same. */
export function useClock(): Date {
  const first = useNow();
  const at = useSyncExternalStore(
    subscribe,
    () => tick,
    () => 0,
  );
  return at > first.getTime() ? new Date(at) : first;
}
