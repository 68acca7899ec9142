import type { JourneyId, WorkspaceId } from "@/core/ids";
import type { Plan } from "@/core/plan/plan";
import { type Sql, sql } from "@/platform/db";
import { DUE_GRACE_MS } from "../claim";

/** Whether runs on their way can keep a member out: re-entry after the end, and bounds of runs at once. */
export const asksOfRuns = ({ reentry, limits }: Plan): boolean =>
  reentry.is === "after_end" || limits?.perMember !== undefined || limits?.live !== undefined;

/** A run whose time is up moves so much later; one that still stands there then met a worker that was away, or stands in a crowd. */
const LATE = sql`${`${DUE_GRACE_MS} milliseconds`}::interval`;

/** Whether the time of a member's run `r` was up before an instant, and it has not moved. */
const isUnmoved = (at: Sql): Sql => sql`r.state = 'parked' AND r.due_at < ${at} - ${LATE}`;

/** Of runs of a journey, any one's, as they stood before an instant. By run_due, a row for each shard. */
export const hasUnmoved = (
  { workspace, journey, shards }: { workspace: WorkspaceId; journey: JourneyId; shards: number },
  at: Sql,
): Sql => sql`
  EXISTS (SELECT FROM generate_series(0, ${shards}::int - 1) AS s(shard) CROSS JOIN LATERAL (
    SELECT FROM run r WHERE r.workspace_id = ${workspace} AND r.journey_id = ${journey} AND r.shard = s.shard AND ${isUnmoved(at)} LIMIT 1) AS one)`;

/** Of the runs of the member of a due row `d`, as they stood at its instant. By run_member. */
export const IS_BEHIND_OWN_RUN = sql`
  EXISTS (SELECT FROM run r WHERE r.workspace_id = d.workspace_id AND r.member_id = d.member_id AND r.journey_id = d.journey_id AND ${isUnmoved(sql`d.at`)})`;
