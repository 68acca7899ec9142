import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { announce } from "../rings/announce";
import { JobView, VIEW } from "./job";

/** Calls off an operation on many runs after the batch under way. Publishes and stops go to their end: half of them would be neither. */
export const cancelJob = useCase({
  may: "run.write",
  input: z.strictObject({ job: z.uuid() }),
  output: JobView,
  audit: "job.cancelled",
  says: "Call off an operation on many runs; what it has done stands",
  async run({ tx, actor: { workspace }, now }, { job }) {
    const found = await tx.one<JobView>(
      sql`SELECT ${VIEW} FROM job WHERE workspace_id = ${workspace} AND id = ${job} FOR UPDATE`,
    );
    if (!found) return refuse("not_found", "no such job");
    if (found.state !== "running") return ok(found);
    if (found.kind !== "runs")
      return refuse("conflict", `a ${found.kind} cannot be called off half way; only an operation on runs can`);
    await tx.run(
      sql`UPDATE job SET state = 'cancelled', ended_at = ${now} WHERE workspace_id = ${workspace} AND id = ${job}`,
    );
    await announce(tx, workspace, "jobs");
    return ok<JobView>({ ...found, state: "cancelled", endedAt: now });
  },
});
