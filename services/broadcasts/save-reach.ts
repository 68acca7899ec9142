import type { MemberId, WorkspaceId } from "@/core/ids";
import { join, sql, type Tx } from "@/platform/db";

/** What a broadcast's page did, or a change of its state. Counts are added. */
export type Reached = {
  state?: "running" | "done" | "cancelled";
  startedAt?: Date;
  endedAt?: Date;
  audienceSize?: number | null;
  position?: MemberId;
  seen?: number;
  entered?: number;
  /** Counted against the steady rate. */
  rated?: number;
  rateFrom?: Date;
};

/** In the transaction of what it tells. */
export async function saveReach(tx: Tx, workspace: WorkspaceId, id: string, reached: Reached): Promise<void> {
  const { state, startedAt, endedAt, audienceSize, position, rateFrom, seen = 0, entered = 0, rated = 0 } = reached;
  const set = [
    sql`seen = seen + ${seen}`,
    sql`entered = entered + ${entered}`,
    sql`rate_count = rate_count + ${rated}`,
  ];
  if (state) set.push(sql`state = ${state}`);
  if (startedAt) set.push(sql`started_at = ${startedAt}`);
  if (endedAt) set.push(sql`ended_at = ${endedAt}`);
  if (audienceSize !== undefined) set.push(sql`audience_size = ${audienceSize}`);
  if (position) set.push(sql`position = ${position}`);
  if (rateFrom) set.push(sql`rate_from = ${rateFrom}`);
  await tx.run(sql`UPDATE broadcast SET ${join(set)} WHERE workspace_id = ${workspace} AND id = ${id}`);
}
