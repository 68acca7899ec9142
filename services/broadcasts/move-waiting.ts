import { broadcastConductor, type WorkspaceId } from "@/core/ids";
import type { Plan } from "@/core/plan/plan";
import { sql, type Tx } from "@/platform/db";
import { loadPlans } from "../plans/plans";
import { ring } from "../rings/ring";
import { startOf } from "./on-publish";

/**
 * After the workspace's clocks were set otherwise, from those of a zone: broadcasts that wait for a local time of it wait for that of the new. An
 * instant that somebody asked for by hand stays, and so does one under way.
 */
export async function moveWaiting(
  tx: Tx,
  { workspace, now, zone }: { workspace: WorkspaceId; now: Date; zone: string },
  from: string,
): Promise<void> {
  const waiting = await tx.rows<{ id: string; startsAt: Date; plan: Plan["id"] }>(sql`
    SELECT b.id, b.starts_at AS "startsAt", j.plan_id AS plan FROM broadcast b JOIN journey j ON j.workspace_id = b.workspace_id AND j.id = b.journey_id
    WHERE b.workspace_id = ${workspace} AND b.state = 'waiting' AND b.starts_at > ${now} AND j.plan_id IS NOT NULL
    ORDER BY b.id FOR UPDATE OF b`);
  const plans = await loadPlans(
    tx,
    workspace,
    waiting.map(({ plan }) => plan),
  );
  for (const { id, startsAt, plan } of waiting) {
    const entry = plans.get(plan)?.entry;
    if (!entry || startOf(entry, from, new Date(startsAt.getTime() - 1))?.getTime() !== startsAt.getTime()) continue;
    const next = startOf(entry, zone, now);
    if (!next || next.getTime() === startsAt.getTime()) continue;
    // By broadcast_once: one of the same instant stands already, and this one is not needed.
    await tx.run(sql`
      UPDATE broadcast b SET (starts_at, state, ended_at) = (
        SELECT CASE WHEN o.id IS NULL THEN ${next}::timestamptz ELSE b.starts_at END, CASE WHEN o.id IS NULL THEN 'waiting' ELSE 'cancelled' END,
          CASE WHEN o.id IS NULL THEN NULL ELSE ${now}::timestamptz END
        FROM (SELECT 1) AS one LEFT JOIN broadcast o
          ON o.workspace_id = b.workspace_id AND o.journey_id = b.journey_id AND o.starts_at = ${next} AND o.state <> 'cancelled')
      WHERE b.workspace_id = ${workspace} AND b.id = ${id}`);
    await ring(tx, workspace, [broadcastConductor(id)]);
  }
}
