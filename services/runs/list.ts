import { z } from "zod";
import { page, pageInput } from "@/core/cursor";
import { ok } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { join, type Sql, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { membersFound } from "../members/member-search";
import { inOrder } from "./in-order";
import { RUN_STATES, RunLine, readRunLines } from "./run-line";

const ListRuns = z.object({
  ...pageInput,
  journey: z.uuid().optional(),
  member: z.uuid().optional(),
  node: z.string().max(64).optional().describe("a node of the drawing where the run stands"),
  state: z.enum([...RUN_STATES, "live", "ended"]).optional(),
  q: z.string().trim().max(120).optional().describe("a member's name, phone, email, card or number, or the run's own"),
  order: z.enum(["asc", "desc"]).default("desc").describe("by entry"),
});

/**
 * Runs by entry, the newest first unless asked; `state` live = ready or parked, ended = the others. Of one journey or member by their own
 * index; else by id, which is made at entry, so that the primary key is the order.
 */
export const listRuns = useCase({
  may: "run.read",
  input: ListRuns,
  output: z.object({ items: z.array(RunLine), next: z.string().nullable() }),
  says: "Runs by journey, member, node, state and words, newest first",
  async run({ tx, actor: { workspace } }, { cursor, limit, journey, member, node, state, q, order }) {
    const where: Sql[] = [sql`true`];
    if (journey) where.push(sql`r.journey_id = ${journey}`);
    if (member) where.push(sql`r.member_id = ${member}`);
    if (node) where.push(sql`left(r.step, ${node.length + 1}) = ${`${node}.`}`);
    if (state === "live") where.push(sql`r.state IN ('ready', 'parked')`);
    else if (state === "ended") where.push(sql`r.state IN ('goal', 'done', 'exited', 'failed')`);
    else if (state) where.push(sql`r.state = ${state}`);
    if (q) where.push(sql`(r.member_id IN ${await membersFound(tx, workspace, q)} OR r.id = ${isUuid(q) ? q : null})`);
    const isNarrow = journey !== undefined || member !== undefined || q !== undefined;
    const { by, beyond } = inOrder({ order, cursor }, isNarrow, { at: sql`r.entered_at`, id: sql`r.id` });
    if (beyond) where.push(beyond);
    const rows = await readRunLines(tx, workspace, join(where, " AND "), by, limit + 1);
    return ok(page(rows, limit, (run) => [run.enteredAt.getTime(), run.id]));
  },
});
