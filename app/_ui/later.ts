"use client";
import { type ComponentType, lazy } from "react";

/**
 * A part of a page whose code comes when it is first drawn, or before that by `fetch`; stands inside a Suspense. A fetch that failed is tried
 * anew when the part is drawn.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>) {
  let coming: Promise<{ default: ComponentType<P> }> | undefined;
  const fetch = (): Promise<{ default: ComponentType<P> }> => {
    coming ??= load().then((part) => ({ default: part }));
    coming.catch(() => {
      coming = undefined;
    });
    return coming;
  };
  return Object.assign(lazy(fetch), { fetch });
}

/** Calls `work` once the browser has nothing better to do; call the answer to forget it. */
export function whenIdle(work: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(work, 1_000);
    return () => clearTimeout(timer);
  }
  const asked = window.requestIdleCallback(work, { timeout: 4_000 });
  return () => window.cancelIdleCallback(asked);
}
