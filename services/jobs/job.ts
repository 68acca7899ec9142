import { z } from "zod";
import type { JobId, JourneyId, WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { type Sql, sql } from "@/platform/db";

/** Kinds of background work; `services/engine/jobs/registry.ts` has what does each, a missing one does not compile. */
export const JOB_KINDS = ["publish", "resume", "stop", "runs", "enrol", "zones"] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** `total` is what was counted when it was asked for; `skipped`: it no longer applied when its turn came. */
export const JobView = z.object({
  id: z.string(),
  kind: z.enum(JOB_KINDS),
  journey: z.string().nullable(),
  spec: z.record(z.string(), z.unknown()),
  state: z.enum(["running", "done", "cancelled", "failed"]),
  total: z.int(),
  done: z.int(),
  skipped: z.int(),
  reason: z.string().nullable().describe("why it failed"),
  startedBy: z.string(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
});
export type JobView = z.infer<typeof JobView>;

/** A running job as its batches see it; `spec` and `position` are what its own kind wrote. */
export type Job = {
  id: JobId;
  workspace: WorkspaceId;
  kind: JobKind;
  journey: JourneyId | null;
  spec: unknown;
  position: unknown;
  startedBy: string;
  startedAt: Date;
};

/** What one batch did. `position: null` = that was all. */
export type Batch = { done: number; skipped: number; position: unknown };

export const VIEW: Sql = sql`
  id, kind, journey_id AS journey, spec, state, total, done, skipped, reason, started_by AS "startedBy", started_at AS "startedAt", ended_at AS "endedAt"`;
