import type { JourneyId, WorkspaceId } from "@/core/ids";
import type { Plan } from "@/core/plan/plan";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { nextCron, readCron } from "@/core/time/cron";
import { atLocal } from "@/core/time/local-time";
import { json, sql, type Tx } from "@/platform/db";
import { cancelPlanned, haltedBefore, openBroadcast, reachOf } from "./open";

/**
 * At publishing: a schedule's next instant stands as a waiting broadcast; a one-off broadcast is sent once, whatever is published after it,
 * unless it is given another instant. Broadcasts under way go on as they began. One that somebody halted before it began is planned anew as one
 * that waits is, for whom the new version reaches, and stays halted until somebody lets it go on.
 */
export async function broadcastOnPublish(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  { entry }: Plan,
  by: string,
  now: Date,
): Promise<Outcome<null>> {
  if (entry.on !== "broadcast" && entry.on !== "schedule") {
    await cancelPlanned(tx, workspace, journey, now);
    return ok(null);
  }
  const halted = await haltedBefore(tx, workspace, journey);
  const place = await tx.one<{ zone: string }>(sql`SELECT time_zone AS zone FROM workspace WHERE id = ${workspace}`);
  const zone = place?.zone ?? "UTC";
  const startsAt = entry.on === "schedule" ? nextInstant(entry, zone, now) : onceAt(entry, zone, halted[0]?.at ?? now);
  const same = halted.find(({ at }) => at.getTime() === startsAt?.getTime());
  await cancelPlanned(tx, workspace, journey, now, same?.id);
  const reach = reachOf(entry);
  if (same) {
    await tx.run(
      sql`UPDATE broadcast SET audience = ${json(reach)} WHERE workspace_id = ${workspace} AND id = ${same.id}`,
    );
    return ok(null);
  }
  if (!startsAt) return ok(null);
  if (entry.on === "broadcast") {
    const sent = await tx.rows<{ at: Date }>(sql`
      SELECT starts_at AS at FROM broadcast WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND state <> 'cancelled'`);
    if (entry.at === undefined ? sent.length > 0 : sent.some(({ at }) => at.getTime() === startsAt.getTime()))
      return ok(null);
    if (startsAt < now)
      return refuse("invalid", `the broadcast's time, ${entry.at}, is past; choose a later one`, ["at"]);
  }
  await openBroadcast(tx, workspace, journey, { startsAt, reach, by, now, isHalted: halted.length > 0 });
  return ok(null);
}

/** When a one-off broadcast begins: at its instant, or, where it has none, at once. */
const onceAt = ({ at }: { at?: string }, zone: string, atOnce: Date): Date =>
  at === undefined ? atOnce : localInstant(at, zone);

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
