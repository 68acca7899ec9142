import { z } from "zod";
import { page, pageInput } from "@/core/cursor";
import { ok } from "@/core/refusals";
import { join, keyset, type Sql, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { JobView, VIEW } from "./job";

const KEYS = { started: { key: sql`started_at`, is: "instant" } } as const;

export const listJobs = useCase({
  may: "run.read",
  input: z.object({ ...pageInput, journey: z.uuid().optional(), state: JobView.shape.state.optional() }),
  output: z.object({ items: z.array(JobView), next: z.string().nullable() }),
  says: "Background jobs, newest first",
  async run({ tx, actor: { workspace } }, { cursor, limit, journey, state }) {
    const where: Sql[] = [sql`workspace_id = ${workspace}`];
    if (journey) where.push(sql`journey_id = ${journey}`);
    if (state) where.push(sql`state = ${state}`);
    const { by, beyond, place } = keyset({ sort: "started", order: "desc", cursor }, KEYS, sql`id`);
    if (beyond) where.push(beyond);
    const rows = await tx.rows<JobView>(
      sql`SELECT ${VIEW} FROM job WHERE ${join(where, " AND ")} ORDER BY ${by} LIMIT ${limit + 1}`,
    );
    return ok(page(rows, limit, (job) => place(job.startedAt, job.id)));
  },
});
