import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import { ok } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { join, type Sql, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { JobView, VIEW } from "./job";

export const listJobs = useCase({
  may: "run.read",
  input: z.object({ ...pageInput, journey: z.uuid().optional(), state: JobView.shape.state.optional() }),
  output: z.object({ items: z.array(JobView), next: z.string().nullable() }),
  says: "Background jobs, newest first",
  async run({ tx, actor: { workspace } }, { cursor, limit, journey, state }) {
    const where: Sql[] = [sql`workspace_id = ${workspace}`];
    if (journey) where.push(sql`journey_id = ${journey}`);
    if (state) where.push(sql`state = ${state}`);
    const [at, id] = fromCursor(cursor) ?? [];
    if (typeof at === "number" && Math.abs(at) < 8e15 && typeof id === "string" && isUuid(id))
      where.push(sql`(started_at, id) < (${new Date(at)}::timestamptz, ${id}::uuid)`);
    const rows = await tx.rows<JobView>(
      sql`SELECT ${VIEW} FROM job WHERE ${join(where, " AND ")} ORDER BY started_at DESC, id DESC LIMIT ${limit + 1}`,
    );
    return ok(page(rows, limit, (job) => [job.startedAt.getTime(), job.id]));
  },
});
