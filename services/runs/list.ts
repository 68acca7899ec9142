import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import { ok } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { join, type Sql, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { RUN_STATES, RunLine, readRunLines } from "./run-line";

const ListRuns = z.object({
  ...pageInput,
  journey: z.uuid().optional(),
  member: z.uuid().optional(),
  node: z.string().max(64).optional().describe("a node of the drawing where the run stands"),
  state: z.enum([...RUN_STATES, "live", "ended"]).optional(),
});

/** Runs, newest entry first; `state` live = ready or parked, ended = the others. */
export const listRuns = useCase({
  may: "run.read",
  input: ListRuns,
  output: z.object({ items: z.array(RunLine), next: z.string().nullable() }),
  says: "Runs by journey, member, node and state, newest first",
  async run({ tx, actor: { workspace } }, { cursor, limit, journey, member, node, state }) {
    const where: Sql[] = [sql`true`];
    if (journey) where.push(sql`r.journey_id = ${journey}`);
    if (member) where.push(sql`r.member_id = ${member}`);
    if (node) where.push(sql`left(r.step, ${node.length + 1}) = ${`${node}.`}`);
    if (state === "live") where.push(sql`r.state IN ('ready', 'parked')`);
    else if (state === "ended") where.push(sql`r.state IN ('goal', 'done', 'exited', 'failed')`);
    else if (state) where.push(sql`r.state = ${state}`);
    const [at, id] = fromCursor(cursor) ?? [];
    if (typeof at === "number" && Math.abs(at) < 8e15 && typeof id === "string" && isUuid(id))
      where.push(sql`(r.entered_at, r.id) < (${new Date(at)}::timestamptz, ${id}::uuid)`);
    const rows = await readRunLines(tx, workspace, join(where, " AND "), sql`r.entered_at DESC, r.id DESC`, limit + 1);
    return ok(page(rows, limit, (run) => [run.enteredAt.getTime(), run.id]));
  },
});
