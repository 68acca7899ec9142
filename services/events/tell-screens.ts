import type { WorkspaceId } from "@/core/ids";
import { engine } from "@/platform/db";
import { announce } from "../rings/announce";

/** A page that shows events needs no faster word than this. */
const GATHERED_MS = 250;
const due = new Set<WorkspaceId>();
let timer: NodeJS.Timeout | undefined;

/** Tells pages that show events that there are new ones; gathered, and outside the events' own transaction, because NOTIFY serialises commits. */
export function tellScreens(workspaces: Iterable<WorkspaceId>): void {
  for (const workspace of workspaces) due.add(workspace);
  timer ??= setTimeout(() => {
    timer = undefined;
    const told = [...due];
    due.clear();
    // A page that misses this reads again at the next event or when it is opened.
    engine(async (tx) => {
      for (const workspace of told) await announce(tx, workspace, "events");
    }).catch(() => {});
  }, GATHERED_MS);
  timer.unref();
}
