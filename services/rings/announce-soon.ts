import type { WorkspaceId } from "@/core/ids";
import { engine } from "@/platform/db";
import { announce } from "./announce";

/** What changes together is told together. */
const SOON_MS = 100;
const APART_MS = 1000;
const pending = new Set<string>();
const told = new Map<string, number>();

/**
 * Announces a topic almost at once, and then at most once a second however often it is asked: for what changes many times a second. NOTIFY
 * serialises commits, so it stays out of the transactions that move members. A lost announcement costs a screen one refresh.
 */
export function announceSoon(workspace: WorkspaceId, topic: string): void {
  const key = `${workspace} ${topic}`;
  if (pending.has(key)) return;
  pending.add(key);
  const wait = Math.max(SOON_MS, (told.get(key) ?? 0) + APART_MS - performance.now());
  after(wait, () => {
    pending.delete(key);
    const at = performance.now();
    told.set(key, at);
    after(APART_MS, () => {
      if (told.get(key) === at) told.delete(key);
    });
    engine((tx) => announce(tx, workspace, topic)).catch(() => {});
  });
}

/** A process that ends does not wait for screens. */
const after = (ms: number, work: () => void): void => void setTimeout(work, ms).unref();
