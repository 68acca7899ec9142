import { z } from "zod";
import type { RunId } from "@/core/ids";
import { sql } from "@/platform/db";
import { lockRuns, shareJourney } from "../lifecycle/lock";
import { Place, walk } from "../lifecycle/walk";
import { operate } from "../operations/operate";
import { fits, Operation, RunFilter } from "../operations/operation";
import type { BatchOf } from "./batch";

const Spec = z.object({ filter: RunFilter, operation: Operation, before: z.iso.datetime() });

/** One operation on many runs: those that entered before it was asked for, each met once. */
export const runs: BatchOf = async (tx, job, now) => {
  const { filter, operation, before } = Spec.parse(job.spec);
  const journey = await shareJourney(tx, job.workspace, filter.journey);
  if (!journey) return { done: 0, skipped: 0, position: null };
  // Chosen ones need no walk.
  const from = Place.nullable().catch(null).parse(job.position);
  const { ids, next } = filter.runs
    ? { ids: filter.runs as RunId[], next: null }
    : await walk(
        tx,
        job.workspace,
        filter.journey,
        from,
        sql`r.entered_at <= ${before}::timestamptz AND ${fits(filter, operation)}`,
      );
  const locked = (await lockRuns(tx, job.workspace, ids)).filter((run) => run.journey === filter.journey);
  const skipped = await operate(tx, job.workspace, journey, locked, operation, { by: job.startedBy, job: job.id }, now);
  return { done: locked.length - skipped.length, skipped: skipped.length, position: next };
};
