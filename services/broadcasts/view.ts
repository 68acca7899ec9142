import { z } from "zod";
import { Instant } from "@/core/instant";
import { type Sql, sql } from "@/platform/db";

export const BroadcastView = z.object({
  id: z.string(),
  journey: z.string(),
  state: z.enum(["waiting", "running", "paused", "done", "cancelled"]),
  startsAt: Instant,
  isSegmentBuilding: z.boolean().describe("its segment is still being built; nobody enters until that is done"),
  audienceSize: z.int().nullable().describe("counted when it began"),
  seen: z.int().describe("members looked at so far"),
  entered: z.int(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
});
export type BroadcastView = z.infer<typeof BroadcastView>;

export const BROADCAST: Sql = sql`
  EXISTS (
    SELECT FROM segment s WHERE s.workspace_id = b.workspace_id AND s.id::text = b.audience ->> 'segment' AND s.state = 'building'
      AND b.state IN ('waiting', 'running', 'paused')) AS "isSegmentBuilding",
  b.id, b.journey_id AS journey, b.state, b.starts_at AS "startsAt", b.audience_size AS "audienceSize", b.seen, b.entered, b.started_at AS "startedAt", b.ended_at AS "endedAt"`;
