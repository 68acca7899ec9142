import type { JourneyId, WorkspaceId } from "@/core/ids";
import type { Plan } from "@/core/plan/plan";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { nextCron, readCron } from "@/core/time/cron";
import { atLocal } from "@/core/time/local-time";
import { sql, type Tx } from "@/platform/db";
import { cancelWaiting, openBroadcast, reachOf } from "./open";

/**
 * At publishing: a schedule's next instant stands as a waiting broadcast; a one-off broadcast is sent once, whatever is published after it,
 * unless it is given another instant. Broadcasts under way go on as they began.
 */
export async function broadcastOnPublish(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  { entry }: Plan,
  by: string,
  now: Date,
): Promise<Outcome<null>> {
  await cancelWaiting(tx, workspace, journey, now);
  if (entry.on !== "broadcast" && entry.on !== "schedule") return ok(null);
  const place = await tx.one<{ zone: string }>(sql`SELECT time_zone AS zone FROM workspace WHERE id = ${workspace}`);
  const zone = place?.zone ?? "UTC";
  const reach = reachOf(entry);
  if (entry.on === "schedule") {
    const startsAt = nextInstant(entry, zone, now);
    if (startsAt) await openBroadcast(tx, workspace, journey, { startsAt, reach, by, now });
    return ok(null);
  }
  const sent = await tx.rows<{ at: Date }>(sql`
    SELECT starts_at AS at FROM broadcast WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND state <> 'cancelled'`);
  const startsAt = entry.at === undefined ? now : localInstant(entry.at, zone);
  const isSent = entry.at === undefined ? sent.length > 0 : sent.some(({ at }) => at.getTime() === startsAt.getTime());
  if (isSent) return ok(null);
  if (startsAt < now)
    return refuse("invalid", `the broadcast's time, ${entry.at}, is past; choose a later one`, ["at"]);
  await openBroadcast(tx, workspace, journey, { startsAt, reach, by, now });
  return ok(null);
}

/** When one that goes by the workspace's clocks comes next after an instant; undefined where it never does, or goes by others. */
export function startOf(entry: Plan["entry"], zone: string, after: Date): Date | undefined {
  if (entry.on === "schedule") return entry.zone === undefined ? nextInstant(entry, zone, after) : undefined;
  return entry.on === "broadcast" && entry.at !== undefined ? localInstant(entry.at, zone) : undefined;
}

const localInstant = (at: string, zone: string): Date => new Date(atLocal(at.slice(0, 10), at.slice(11, 16), zone));

/** When a schedule comes next; undefined when it never does. */
export function nextInstant(
  { cron: text, zone }: { cron: string; zone?: string },
  home: string,
  after: Date,
): Date | undefined {
  const cron = readCron(text);
  const at = cron ? nextCron(cron, after.getTime(), zone ?? home) : null;
  return at === null ? undefined : new Date(at);
}
