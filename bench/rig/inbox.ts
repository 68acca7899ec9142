import type { InboxEvent } from "@/core/events/inbox-event";
import { laneOf, type MemberId, type WorkspaceId } from "@/core/ids";
import { engine } from "@/platform/db";
import { requeue } from "@/services/events/requeue";
import { wakeLanes } from "@/services/events/wake-lanes";
import type { Shop } from "@/tests/harness/shop";

export type Accepted = { member: MemberId; event: InboxEvent };
const SET = 5000;

/** Accepted events as ingest leaves them in the inbox, without waking anybody. Returns their lanes. */
export async function fill({ workspace }: Shop, rows: readonly Accepted[]): Promise<number[]> {
  const laned = rows.map((row) => inLane(workspace, row));
  for (let i = 0; i < laned.length; i += SET)
    await engine(async (tx) => requeue(tx, workspace, laned.slice(i, i + SET)));
  return [...new Set(laned.map(({ lane }) => lane))];
}

/** As ingest does after its other tables: the inbox row, then a word to an idle lane. */
export async function accept({ workspace }: Shop, row: Accepted): Promise<void> {
  const laned = inLane(workspace, row);
  await engine(async (tx) => {
    requeue(tx, workspace, [laned]);
    wakeLanes(tx, [laned.lane]);
  });
}

const inLane = (workspace: WorkspaceId, row: Accepted) => ({ ...row, lane: laneOf(workspace, row.member) });
