import { z } from "zod";
import type { PlanId, WorkspaceId } from "@/core/ids";
import { InstantText } from "@/core/instant";
import type { Plan } from "@/core/plan/plan";
import { type Sql, sql, type Tx } from "@/platform/db";
import { loadPlans } from "../plans/plans";

const Node = z.string().max(64).optional();
/** A step that few came to is looked for among so many runs of its journey, the newest, and no further: a look-up a run (decision 074). */
const NEWEST_PASSED = 500_000;

/** What runs are looked for by that they came past, wherever they stand now: the canvas's numbers of what moved, as lists. Of a journey's newest 500,000. */
export const passedFilter = {
  reached: Node.describe("a node of the drawing that they came to; goes with `journey`"),
  left: Node.describe("a node that they went on from; goes with `journey`"),
  by: z.string().max(64).optional().describe("the way out they went on by; goes with `left`"),
  since: InstantText.optional().describe(
    "which happened then or later: that they came, with `reached`; that they went on, with `left`; with neither, that they entered, of state goal that they reached it",
  ),
};
type PassedFilter = z.infer<z.ZodObject<typeof passedFilter>>;

/** Conditions over `r`. Each run's journal is looked up by its primary key. */
export async function passedWhere(
  tx: Tx,
  workspace: WorkspaceId,
  journey: string | undefined,
  { reached, left, by, since }: PassedFilter,
): Promise<Sql[]> {
  if (reached === undefined && left === undefined) return [];
  const plan = await planOf(tx, workspace, journey);
  const from = since === undefined ? null : new Date(since);
  return [
    ...(journey === undefined ? [] : [amongNewest(workspace, journey)]),
    ...(reached === undefined ? [] : [reachedWhere(plan, reached, from)]),
    ...(left === undefined ? [] : [leftWhere(plan, left, by, from)]),
  ];
}

/** Counted as the canvas does: in a span of time those came to a step who went on to it then. */
function reachedWhere(plan: Plan | undefined, node: string, since: Date | null): Sql {
  if (plan?.entryNode === node) return entered(since);
  if (since === null) return sql`NOT r.is_held AND (${standsAt(node)} OR ${journalled(at(node))})`;
  const ways = Object.entries(plan?.wires ?? {}).flatMap(([from, ports]) =>
    Object.entries(ports).flatMap(([port, { to }]) => (to?.startsWith(`${node}.`) ? [`${from}:${port}`] : [])),
  );
  const led = journalled(
    sql`regexp_replace(l.step, '[.][^.]*$', '') || ':' || l.port = ANY(${ways}::text[]) AND l.at >= ${since}`,
  );
  return plan?.first?.startsWith(`${node}.`) ? sql`(${entered(since)} OR ${led})` : led;
}

function leftWhere(plan: Plan | undefined, node: string, by: string | undefined, since: Date | null): Sql {
  if (plan?.entryNode === node) return entered(since);
  const then = since === null ? sql`true` : sql`l.at >= ${since}`;
  // Who left the journey at a step stands there last; the journal has no line of it where no event said so.
  const gone = sql`(r.state IN ('exited', 'goal') AND ${standsAt(node)} AND ${since === null ? sql`true` : sql`r.ended_at >= ${since}`})`;
  if (by === "@exit") return gone;
  if (by !== undefined) return journalled(sql`${at(node)} AND l.port = ${by} AND ${then}`);
  const inside = insideOf(plan, node);
  const went = journalled(sql`${at(node)} AND l.port IS NOT NULL AND l.port <> ALL(${inside}::text[]) AND ${then}`);
  return sql`(${gone} OR ${went})`;
}

/** By the index run_list, which holds both. */
const amongNewest = (workspace: WorkspaceId, journey: string): Sql => sql`r.entered_at >= coalesce((
    SELECT n.entered_at FROM run n WHERE n.workspace_id = ${workspace} AND n.journey_id = ${journey}
    ORDER BY n.entered_at DESC OFFSET ${NEWEST_PASSED} LIMIT 1), '-infinity')`;

/** From step to step inside a node nobody has left it. */
const insideOf = (plan: Plan | undefined, node: string): string[] => [
  "@failed",
  ...Object.keys(plan?.steps ?? {})
    .filter((step) => step.startsWith(`${node}.`))
    .map((step) => step.slice(node.length + 1))
    .filter((local) => plan?.wires[node]?.[local] === undefined),
];

const entered = (since: Date | null): Sql =>
  since === null ? sql`NOT r.is_held` : sql`(NOT r.is_held AND r.entered_at >= ${since})`;
const standsAt = (node: string): Sql => sql`left(r.step, ${node.length + 1}) = ${`${node}.`}`;
const at = (node: string): Sql => sql`left(l.step, ${node.length + 1}) = ${`${node}.`}`;

/** OFFSET 0 keeps it a look-up a run, by the journal's primary key: the list wants the newest few of what may be millions. */
const journalled = (where: Sql): Sql => sql`EXISTS (
    SELECT 1 FROM journal l WHERE l.workspace_id = r.workspace_id AND l.run_id = r.id AND ${where} OFFSET 0)`;

async function planOf(tx: Tx, workspace: WorkspaceId, journey: string | undefined): Promise<Plan | undefined> {
  if (journey === undefined) return undefined;
  const found = await tx.one<{ plan: PlanId | null }>(
    sql`SELECT plan_id AS plan FROM journey WHERE workspace_id = ${workspace} AND id = ${journey}`,
  );
  return found?.plan ? (await loadPlans(tx, workspace, [found.plan])).get(found.plan) : undefined;
}
