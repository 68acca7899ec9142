import type { InboxEvent } from "@/core/events/inbox-event";
import { laneOf, type MemberId, type WorkspaceId } from "@/core/ids";
import type { Tx } from "@/platform/db";
import { listens } from "../plans/listening";
import { requeue } from "./requeue";
import { wakingLanes } from "./wake-lanes";

/**
 * Events that our own ledgers made, in the transaction that made them. The ledger row is the event: an inbox row is written only for a name
 * that something live listens to. Returns how many were written. `heard`: what `listens` said
 * of their names, from a caller that asked while it waited for something else.
 */
export async function enqueue(
  tx: Tx,
  workspace: WorkspaceId,
  events: readonly { member: MemberId; event: InboxEvent }[],
  heard?: ReadonlySet<string>,
): Promise<number> {
  if (events.length === 0) return 0;
  const names = heard ?? (await listens(tx, workspace, [...new Set(events.map(({ event }) => event.name))]));
  const rows = events
    .filter(({ event }) => names.has(event.name))
    .map((row) => ({ ...row, lane: laneOf(workspace, row.member) }));
  if (rows.length === 0) return 0;
  requeue(tx, workspace, rows);
  await tx.run(wakingLanes(rows.map(({ lane }) => lane)));
  return rows.length;
}
