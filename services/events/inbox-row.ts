import type { InboxEvent } from "@/core/events/inbox-event";
import type { MemberId, WorkspaceId } from "@/core/ids";

/** An accepted event on its way to its member. */
export type InboxRow = { id: number; workspace: WorkspaceId; member: MemberId; event: InboxEvent };

/** In the order of their ids: what a turn locks for one it holds while it works on the next, and every lane must take them alike. */
export function byWorkspace(rows: readonly InboxRow[]): Map<WorkspaceId, InboxRow[]> {
  const groups = new Map<WorkspaceId, InboxRow[]>();
  for (const row of rows) {
    const own = groups.get(row.workspace);
    if (own) own.push(row);
    else groups.set(row.workspace, [row]);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}
