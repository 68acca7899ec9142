import type { JourneyId, WorkspaceId } from "@/core/ids";
import type { Plan } from "@/core/plan/plan";
import { sql, type Tx } from "@/platform/db";
import { loadPlans } from "../plans/plans";
import { nextInstant } from "./on-publish";
import { openBroadcast, reachOf } from "./open";

/** When a journey comes by itself, as it is published, and the zone of the workspace. */
export type Schedule = { entry: Extract<Plan["entry"], { on: "schedule" }>; zone: string };

/** undefined: the journey is not sent by a schedule. */
export async function scheduleOf(tx: Tx, workspace: WorkspaceId, journey: JourneyId): Promise<Schedule | undefined> {
  const place = await tx.one<{ plan: Plan["id"] | null; zone: string }>(sql`
    SELECT j.plan_id AS plan, w.time_zone AS zone FROM journey j JOIN workspace w ON w.id = j.workspace_id
    WHERE j.workspace_id = ${workspace} AND j.id = ${journey}`);
  const entry = place?.plan ? (await loadPlans(tx, workspace, [place.plan])).get(place.plan)?.entry : undefined;
  return place && entry?.on === "schedule" ? { entry, zone: place.zone } : undefined;
}

/** When a schedule comes next behind a round that is left out; undefined when it never does. */
export const roundBehind = ({ entry, zone }: Schedule, left: Date, now: Date): Date | undefined =>
  nextInstant(entry, zone, left > now ? left : now);

/**
 * Rounds of a journey are left out, the last of them at an instant: its schedule, if it has one, goes on with the round behind it, unless one of its
 * rounds waits already. The caller holds the journey.
 */
export async function goOnBehind(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  { left, by, now }: { left: Date; by: string; now: Date },
): Promise<void> {
  const schedule = await scheduleOf(tx, workspace, journey);
  if (!schedule) return;
  const ahead = await tx.rows<{ at: Date }>(sql`
    SELECT starts_at AS at FROM broadcast
    WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND state IN ('waiting', 'paused') AND started_at IS NULL AND starts_at > ${now}`);
  if (ahead.some(({ at }) => isRound(schedule, at))) return;
  const startsAt = roundBehind(schedule, left, now);
  if (startsAt) await openBroadcast(tx, workspace, journey, { startsAt, reach: reachOf(schedule.entry), by, now });
}

/** Others were asked for, at an instant of somebody's choice. */
const isRound = ({ entry, zone }: Schedule, at: Date): boolean =>
  nextInstant(entry, zone, new Date(at.getTime() - 1))?.getTime() === at.getTime();
