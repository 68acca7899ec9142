import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { isUuid } from "@/core/uuid";
import { type Sql, sql, type Tx } from "@/platform/db";
import { memberMeant } from "../access/survivor";
import { membersFound } from "../members/member-search";
import { inSpan } from "../workspaces/in-span";
import { periodInput, spanOf } from "../workspaces/period";
import { passedFilter, passedWhere } from "./passed";
import { RUN_STATES } from "./run-line";

export const Version = z.coerce.number("should be a version's number").int().min(1).max(1_000_000);

/** What runs are looked for by: the list and the reasons to choose from take the same. The time is that of entry; of failed runs, when they failed. */
export const runFilter = {
  journey: z.uuid().optional(),
  version: Version.optional().describe("of the journey: the one they are on"),
  member: z.uuid().optional(),
  node: z.string().max(64).optional().describe("a node of the drawing where the run stands"),
  state: z.enum([...RUN_STATES, "live", "ended"]).optional(),
  ...passedFilter,
  reason: z.string().trim().min(1).max(200).optional().describe("a part of why they failed or left"),
  archived: z
    .enum(["no"])
    .optional()
    .describe("no: without runs of archived journeys, to which nothing can be done any more"),
  ...periodInput,
  q: z.string().trim().max(120).optional().describe("a member's name, phone, email, card or number, or the run's own"),
};
type RunFilter = z.infer<z.ZodObject<typeof runFilter>>;

/**
 * Conditions over `r`: `where`, at least one, of the run's own row; `passed` of what its journal tells, a look-up a run. Whoever asks these bounds
 * how many runs they are asked of.
 */
export async function runsWhere(
  tx: Tx,
  workspace: WorkspaceId,
  filter: RunFilter,
  now: Date,
): Promise<{ where: Sql[]; passed: Sql[] }> {
  const { journey, version, member, node, state, reason, archived, q, reached, left, since } = filter;
  const where: Sql[] = [sql`true`];
  if (journey) where.push(sql`r.journey_id = ${journey}`);
  if (version !== undefined) where.push(sql`r.plan_id IN ${plansOf(workspace, version, journey)}`);
  if (member) where.push(sql`r.member_id = ${await memberMeant(tx, workspace, member)}`);
  if (node) where.push(sql`left(r.step, ${node.length + 1}) = ${`${node}.`}`);
  if (state === "live") where.push(sql`r.state IN ('ready', 'parked')`);
  else if (state === "ended") where.push(sql`r.state IN ('goal', 'done', 'exited', 'failed')`);
  else if (state) where.push(sql`r.state = ${state}`);
  if (reason) where.push(sql`strpos(lower(r.reason), lower(${reason}::text)) > 0`);
  if (archived === "no")
    where.push(
      sql`NOT EXISTS (SELECT FROM journey j WHERE j.workspace_id = r.workspace_id AND j.id = r.journey_id AND j.state = 'archived')`,
    );
  // As the journey's totals count: who reached the goal then, else who came in.
  if (since !== undefined && reached === undefined && left === undefined)
    where.push(sql`NOT r.is_held AND ${state === "goal" ? sql`r.goal_at` : sql`r.entered_at`} >= ${new Date(since)}`);
  const span = await spanOf(tx, workspace, filter, now);
  // Those that failed are few, and have an index of their own.
  if (state === "failed") {
    if (span.since) where.push(sql`r.ended_at >= ${span.since}`);
    if (span.until) where.push(sql`r.ended_at < ${span.until}`);
  } else where.push(...inSpan(span, { at: sql`r.entered_at`, id: sql`r.id` }));
  if (q) where.push(sql`(r.member_id IN ${await membersFound(tx, workspace, q)} OR r.id = ${isUuid(q) ? q : null})`);
  return { where, passed: await passedWhere(tx, workspace, journey, filter) };
}

/** The plans of a version's number, as a subquery: of one journey, or of all. */
export const plansOf = (workspace: WorkspaceId, version: number, journey: string | undefined): Sql => sql`(
    SELECT p.id FROM plan p
    WHERE p.workspace_id = ${workspace} AND p.version = ${version} ${journey ? sql`AND p.journey_id = ${journey}` : sql``})`;
