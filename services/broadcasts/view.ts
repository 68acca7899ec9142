import { z } from "zod";
import type { JourneyId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { type Sql, sql } from "@/platform/db";
import type { Call } from "../access/use-case";
import { roundBehind, scheduleOf } from "./schedule";

export const BroadcastView = z.object({
  id: z.string(),
  journey: z.string(),
  state: z.enum(["waiting", "running", "paused", "done", "cancelled"]),
  startsAt: Instant,
  nextAt: Instant.nullable().describe(
    "of a schedule, where this one has not begun: when it comes next behind this one, also if this one is cancelled",
  ),
  isSegmentBuilding: z.boolean().describe("its segment is still being built; nobody enters until that is done"),
  audienceSize: z.int().nullable().describe("counted when it began"),
  seen: z.int().describe("members looked at so far"),
  entered: z.int(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
});
export type BroadcastView = z.infer<typeof BroadcastView>;

const BROADCAST: Sql = sql`
  EXISTS (
    SELECT FROM segment s WHERE s.workspace_id = b.workspace_id AND s.id::text = b.audience ->> 'segment' AND s.state = 'building'
      AND b.state IN ('waiting', 'running', 'paused')) AS "isSegmentBuilding",
  b.id, b.journey_id AS journey, b.state, b.starts_at AS "startsAt", b.audience_size AS "audienceSize", b.seen, b.entered, b.started_at AS "startedAt", b.ended_at AS "endedAt"`;

type At = Pick<Call, "tx" | "actor" | "now">;
type Read = Omit<BroadcastView, "nextAt">;

/** A journey's broadcasts, newest first, the last 100. */
export const broadcastsOf = async (at: At, journey: JourneyId): Promise<BroadcastView[]> =>
  withNext(
    at,
    journey,
    await at.tx.rows<Read>(sql`
      SELECT ${BROADCAST} FROM broadcast b WHERE b.workspace_id = ${at.actor.workspace} AND b.journey_id = ${journey} ORDER BY b.id DESC LIMIT 100`),
  );

/** One of them; undefined where there is no such broadcast. */
export async function broadcastOf(at: At, id: string): Promise<BroadcastView | undefined> {
  const found = await at.tx.one<Read>(
    sql`SELECT ${BROADCAST} FROM broadcast b WHERE b.workspace_id = ${at.actor.workspace} AND b.id = ${id}`,
  );
  return found && (await withNext(at, found.journey as JourneyId, [found]))[0];
}

async function withNext({ tx, actor, now }: At, journey: JourneyId, all: readonly Read[]): Promise<BroadcastView[]> {
  const schedule = all.some(isAhead) ? await scheduleOf(tx, actor.workspace, journey) : undefined;
  return all.map((one) => ({
    ...one,
    nextAt: (schedule && isAhead(one) && roundBehind(schedule, one.startsAt, now)) || null,
  }));
}

const isAhead = ({ state, startedAt }: Read): boolean =>
  (state === "waiting" || state === "paused") && startedAt === null;
