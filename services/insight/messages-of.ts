import type { WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { firstIdOf } from "../workspaces/first-id";

export type Messages = {
  byState: Record<string, number>;
  /** How many were queued, by the day of the workspace's calendar (2026-11-28). */
  byDay: Record<string, number>;
  /** Those that still wait to be sent, and since when the first of them that nothing holds. */
  queued: { count: number; oldest: Date | null };
};

/** What became of the messages queued since an instant: the rows of that time are looked at once, by the primary key. */
export async function messagesOf(tx: Tx, workspace: WorkspaceId, since: Date): Promise<Messages> {
  const rows = await tx.rows<{ day: string; state: string; n: number; oldest: Date | null }>(sql`
    SELECT to_char((queued_at AT TIME ZONE (SELECT time_zone FROM workspace WHERE id = ${workspace}))::date, 'YYYY-MM-DD') AS day, state, count(*) AS n,
      min(not_before) FILTER (WHERE state = 'queued' AND NOT is_held) AS oldest
    FROM message WHERE workspace_id = ${workspace} AND id >= ${firstIdOf(since)} AND queued_at >= ${since} GROUP BY 1, 2`);
  const found: Messages = { byState: {}, byDay: {}, queued: { count: 0, oldest: null } };
  for (const { day, state, n, oldest } of rows) {
    found.byState[state] = (found.byState[state] ?? 0) + n;
    found.byDay[day] = (found.byDay[day] ?? 0) + n;
    if (state === "queued") found.queued.count += n;
    const first = found.queued.oldest;
    if (oldest && (!first || oldest < first)) found.queued.oldest = oldest;
  }
  return found;
}
