import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { ok } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { type Actor, signature } from "../access/actor";
import { useCase } from "../access/use-case";
import { WAITED_FOR } from "../tasks/task-view";
import { firstIdOf } from "../workspaces/first-id";
import { Day, daysOf } from "./days";

const DAYS = 7;

const Running = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(["live", "paused"]),
  stateReason: z.string().nullable(),
  /** Of the week. */ entered: z.int(),
  goals: z.int(),
  redeemed: z.int().describe("coupons of this journey that were used"),
  revenue: z.int().describe("what was paid with them, in minor units"),
  /** Now. */ waiting: z.int(),
  failed: z.int(),
});
const Attention = z.object({
  failedRuns: z.int(),
  deadLetters: z.int(),
  failedMessages: z.int(),
  unknownMessages: z.int(),
  refusedMessages: z.int(),
  inbox: z.object({ count: z.int(), oldest: Instant.nullable() }),
  queued: z.object({ count: z.int(), oldest: Instant.nullable() }),
});
const Waiting = z.object({
  requests: z.array(
    z.object({
      journey: z.string(),
      name: z.string(),
      askedBy: z.string().nullable(),
      askedAt: Instant,
      isMine: z.boolean().describe("the caller asked: somebody else decides"),
    }),
  ),
  approvals: z.object({ count: z.int(), oldest: Instant.nullable() }),
  overdue: z.int().describe("staff tasks past their deadline"),
});
const Home = z.object({
  running: z.array(Running),
  drafts: z.int(),
  attention: Attention,
  waiting: Waiting.describe("what waits for somebody's word"),
  days: z.array(Day),
  messages: z.record(z.string(), z.int()),
  members: z.int(),
});
export type Home = z.infer<typeof Home>;

/** What runs, what needs a person, and the last seven days by the workspace's calendar. */
export const readHome = useCase({
  may: "journey.read",
  input: z.object({}),
  output: Home,
  says: "What runs, what needs attention, results of the last seven days",
  async run({ tx, actor, now }) {
    const { workspace } = actor;
    const since = new Date(now.getTime() - DAYS * 86_400_000);
    return ok({
      running: await running(tx, workspace, since),
      drafts: await count(
        tx,
        sql`SELECT count(*) AS n FROM journey WHERE workspace_id = ${workspace} AND state = 'draft'`,
      ),
      attention: await attention(tx, workspace, since),
      waiting: await waiting(tx, actor, now),
      days: await daysOf(tx, workspace, DAYS, now),
      messages: await messages(tx, workspace, since),
      members: await count(
        tx,
        sql`SELECT count(*) AS n FROM member WHERE workspace_id = ${workspace} AND merged_into IS NULL`,
      ),
    });
  },
});

const count = async (tx: Tx, query: ReturnType<typeof sql>): Promise<number> =>
  (await tx.one<{ n: number }>(query))?.n ?? 0;

/** Per journey by its own indexes: run_list for the week, run_step for those that stand; what its coupons brought by redemption's key. */
const running = (tx: Tx, workspace: WorkspaceId, since: Date): Promise<z.infer<typeof Running>[]> =>
  tx.rows(sql`
    WITH used AS (
      SELECT r.journey_id, count(*) AS n, sum(d.amount - d.discount) AS paid FROM redemption d
      JOIN coupon c ON c.workspace_id = d.workspace_id AND c.id = d.coupon_id
      JOIN run r ON r.workspace_id = c.workspace_id AND r.id = c.run_id
      WHERE d.workspace_id = ${workspace} AND d.id >= ${firstIdOf(since)} AND d.at >= ${since} AND d.state = 'confirmed' GROUP BY 1)
    SELECT j.id, j.name, j.state, j.state_reason AS "stateReason", week.entered, week.goals, standing.waiting, standing.failed,
      coalesce(used.n, 0)::int AS redeemed, coalesce(used.paid, 0)::bigint AS revenue
    FROM journey j
    LEFT JOIN used ON used.journey_id = j.id
    CROSS JOIN LATERAL (
      SELECT count(*) AS entered, count(r.goal_at) AS goals FROM run r
      WHERE r.workspace_id = j.workspace_id AND r.journey_id = j.id AND r.entered_at >= ${since} AND NOT r.is_held) week
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE r.state <> 'failed') AS waiting, count(*) FILTER (WHERE r.state = 'failed') AS failed FROM run r
      WHERE r.workspace_id = j.workspace_id AND r.journey_id = j.id AND r.state IN ('ready', 'parked', 'failed')) standing
    WHERE j.workspace_id = ${workspace} AND j.state IN ('live', 'paused')
    ORDER BY week.entered DESC, j.name`);

async function attention(tx: Tx, workspace: WorkspaceId, since: Date): Promise<z.infer<typeof Attention>> {
  const runs = await count(
    tx,
    sql`
    SELECT count(*) AS n FROM run WHERE workspace_id = ${workspace} AND state = 'failed' AND ended_at >= ${since}`,
  );
  const letters = await count(
    tx,
    sql`SELECT count(*) AS n FROM dead_letter WHERE workspace_id = ${workspace} AND replayed_at IS NULL AND set_aside_at IS NULL`,
  );
  const sends = await tx.one<{
    failed: number;
    unknown: number;
    refused: number;
    queued: number;
    oldest: Date | null;
  }>(sql`
    SELECT count(*) FILTER (WHERE state = 'failed') AS failed, count(*) FILTER (WHERE state = 'unknown') AS unknown,
           count(*) FILTER (WHERE state = 'skipped') AS refused, count(*) FILTER (WHERE state = 'queued') AS queued,
           min(not_before) FILTER (WHERE state = 'queued' AND NOT is_held) AS oldest
    FROM message WHERE workspace_id = ${workspace} AND id >= ${firstIdOf(since)}`);
  const inbox = await tx.one<{ count: number; oldest: Date | null }>(sql`
    SELECT count(*) AS count, min(accepted_at) AS oldest FROM inbox WHERE workspace_id = ${workspace}`);
  return {
    failedRuns: runs,
    deadLetters: letters,
    failedMessages: sends?.failed ?? 0,
    unknownMessages: sends?.unknown ?? 0,
    refusedMessages: sends?.refused ?? 0,
    inbox: { count: inbox?.count ?? 0, oldest: inbox?.oldest ?? null },
    queued: { count: sends?.queued ?? 0, oldest: sends?.oldest ?? null },
  };
}

/** Publishes asked for, the longest waiting first; approvals and late tasks that a run still waits for. By publish_request_open and task_open. */
async function waiting(tx: Tx, actor: Actor, now: Date): Promise<z.infer<typeof Waiting>> {
  const { workspace } = actor;
  const requests = await tx.rows<z.infer<typeof Waiting>["requests"][number]>(sql`
    SELECT p.journey_id AS journey, j.name, u.name AS "askedBy", p.asked_at AS "askedAt", p.asked_by = ${signature(actor)} AS "isMine"
    FROM publish_request p JOIN journey j ON j.workspace_id = p.workspace_id AND j.id = p.journey_id
    LEFT JOIN "user" u ON p.asked_by = 'user:' || u.id
    WHERE p.workspace_id = ${workspace} AND p.state = 'open' ORDER BY p.asked_at LIMIT 5`);
  const tasks = await tx.one<{ count: number; oldest: Date | null; overdue: number }>(sql`
    SELECT count(*) FILTER (WHERE t.kind = 'approval')::int AS count, min(t.opened_at) FILTER (WHERE t.kind = 'approval') AS oldest,
      count(*) FILTER (WHERE t.kind = 'task' AND t.due_at < ${now})::int AS overdue
    FROM task t WHERE t.workspace_id = ${workspace} AND t.state = 'open' AND t.kind IN ('approval', 'task') AND ${WAITED_FOR}`);
  return {
    requests,
    approvals: { count: tasks?.count ?? 0, oldest: tasks?.oldest ?? null },
    overdue: tasks?.overdue ?? 0,
  };
}

async function messages(tx: Tx, workspace: WorkspaceId, since: Date): Promise<Record<string, number>> {
  const rows = await tx.rows<{ state: string; n: number }>(sql`
    SELECT state, count(*) AS n FROM message WHERE workspace_id = ${workspace} AND id >= ${firstIdOf(since)} GROUP BY state`);
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}
