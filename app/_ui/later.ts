"use client";
import { type ComponentType, lazy } from "react";

const TRIES = 5;
const AGAIN_MS = 2_000;

/**
 * A part of a page whose code comes when it is first drawn, or before that by `fetch`; stands inside a Suspense. Drawn without a connection it
 * comes once there is one again; it fails only where the server is reached and has none.
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
  const drawn = async (): Promise<{ default: ComponentType<P> }> => {
    for (let tries = 1; ; tries++) {
      try {
        return await fetch();
      } catch (error) {
        if (navigator.onLine && tries >= TRIES) throw error;
        await another();
      }
    }
  };
  return Object.assign(lazy(drawn), { fetch });
}

/** Back at a network, or a little later: a browser does not know of every lost connection. */
function another(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, AGAIN_MS);
    window.addEventListener("online", done);
  });
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
