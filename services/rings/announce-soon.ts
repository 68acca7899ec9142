import type { WorkspaceId } from "@/core/ids";
import { engine } from "@/platform/db";
import { announce } from "./announce";

const EVERY_MS = 1000;
const pending = new Map<string, NodeJS.Timeout>();

/**
 * Announces a topic within a second, once however often it is asked: for what changes many times a second. NOTIFY serialises commits, so it
 * stays out of the transactions that move members. A lost announcement costs a screen one refresh.
 */
export function announceSoon(workspace: WorkspaceId, topic: string): void {
  const key = `${workspace} ${topic}`;
  if (pending.has(key)) return;
  const timer = setTimeout(() => {
    pending.delete(key);
    engine((tx) => announce(tx, workspace, topic)).catch(() => {});
  }, EVERY_MS);
  timer.unref();
  pending.set(key, timer);
}
