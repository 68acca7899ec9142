import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { JobView, VIEW } from "./job";

export const getJob = useCase({
  may: "run.read",
  input: z.object({ job: z.uuid() }),
  output: JobView,
  says: "How far a background job has come",
  async run({ tx, actor: { workspace } }, { job }) {
    const found = await tx.one<JobView>(sql`SELECT ${VIEW} FROM job WHERE workspace_id = ${workspace} AND id = ${job}`);
    return found ? ok(found) : refuse("not_found", "no such job");
  },
});
