import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { ok } from "@/core/refusals";
import { Counted } from "@/platform/counted";
import { query, type Sql, sql, type Tx } from "@/platform/db";
import { type Actor, signature } from "../access/actor";
import { useCase } from "../access/use-case";
import { WAITED_FOR } from "../tasks/waited-for";
import { firstIdOf } from "../workspaces/first-id";
import { Day, daysOf } from "./days";
import { type Messages, messagesOf } from "./messages-of";

const DAYS = 7;
/** A page reads again every five seconds; all open pages of a workspace share what one of them had counted. */
const SHARED_MS = 4_000;

const Running = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(["live", "paused"]),
  stateReason: z.string().nullable(),
  /** Of the week. */ entered: z.int(),
  goals: z.int(),
  worth: z.int().describe("what those goals were worth, in minor units; 0 where the goal has no value"),
  redeemed: z.int().describe("coupons of this journey that were used"),
  revenue: z.int().describe("what was paid with them, in minor units"),
  /** Now. */ waiting: z.int(),
  failed: z.int(),
});
const Attention = z.object({
  failedRuns: z
    .int()
    .describe("runs that failed within the week; not those of archived journeys, to which nothing can be done"),
  deadLetters: z.int().describe("events that could not be used"),
  lostSends: z
    .int()
    .describe("messages that did not arrive through a fault of ours or a provider's, and that nobody dealt with"),
  failedMessages: z.int(),
  unknownMessages: z.int(),
  refusedMessages: z.int(),
  inbox: z.object({ count: z.int(), oldest: Instant.nullable() }),
  queued: z.object({ count: z.int(), oldest: Instant.nullable() }),
  budgets: z
    .array(z.object({ journey: z.string(), name: z.string(), budget: z.int(), spent: z.int() }))
    .describe("journeys under way that spent four fifths of their budget or more, in minor units; the most used first"),
});
type Attention = z.infer<typeof Attention>;
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

/** What is the same for all who look, and has as many rows as a week brings. */
type Week = Pick<Home, "running" | "days" | "messages" | "members"> & Pick<Attention, "inbox" | "queued">;
const weeks = new Counted<Week>(SHARED_MS);

/**
 * What runs, what needs a person, and the last seven days by the workspace's calendar. The week's figures are some seconds old at most, longer
 * where there is much to count (`Counted`); what somebody has to decide is as it stands.
 */
export const readHome = useCase({
  may: "journey.read",
  input: z.object({}),
  output: Home,
  says: "What runs, what needs attention, results of the last seven days",
  // One counts, and the others wait for it: all of them before they take a connection.
  beforehand: ({ actor: { workspace }, now }) =>
    weeks.of(workspace, "home", () => query(workspace, (tx) => weekOf(tx, workspace, weekBefore(now), now))),
  async run({ tx, actor, now }, _, counted) {
    const { workspace } = actor;
    const since = weekBefore(now);
    const { inbox, queued, ...week } = counted.value;
    return ok({
      ...week,
      drafts: await count(
        tx,
        sql`SELECT count(*) AS n FROM journey WHERE workspace_id = ${workspace} AND state = 'draft'`,
      ),
      attention: {
        ...(await broken(tx, workspace, since)),
        failedMessages: week.messages.failed ?? 0,
        unknownMessages: week.messages.unknown ?? 0,
        refusedMessages: week.messages.skipped ?? 0,
        inbox,
        queued,
        budgets: await nearBudgets(tx, workspace),
      },
      waiting: await waiting(tx, actor, now),
    });
  },
});

const weekBefore = (now: Date): Date => new Date(now.getTime() - DAYS * 86_400_000);

async function weekOf(tx: Tx, workspace: WorkspaceId, since: Date, now: Date): Promise<Week> {
  const messages = await messagesOf(tx, workspace, since);
  const inbox = await tx.one<Attention["inbox"]>(sql`
    SELECT count(*) AS count, min(accepted_at) AS oldest FROM inbox WHERE workspace_id = ${workspace}`);
  return {
    running: await running(tx, workspace, since),
    days: withMessages(await daysOf(tx, workspace, DAYS, now), messages),
    messages: messages.byState,
    members: await count(
      tx,
      sql`SELECT count(*) AS n FROM member WHERE workspace_id = ${workspace} AND merged_into IS NULL`,
    ),
    inbox: inbox ?? { count: 0, oldest: null },
    queued: messages.queued,
  };
}

const withMessages = (days: Omit<Day, "messages">[], { byDay }: Messages): Day[] =>
  days.map((day) => ({ ...day, messages: byDay[day.day] ?? 0 }));

const count = async (tx: Tx, asked: Sql): Promise<number> => (await tx.one<{ n: number }>(asked))?.n ?? 0;

/** Per journey by its own indexes: run_list for the week, run_step for those that stand; what its coupons brought by redemption's key. */
const running = (tx: Tx, workspace: WorkspaceId, since: Date): Promise<z.infer<typeof Running>[]> =>
  tx.rows(sql`
    WITH used AS (
      SELECT r.journey_id, count(*) AS n, sum(d.amount - d.discount) AS paid FROM redemption d
      JOIN coupon c ON c.workspace_id = d.workspace_id AND c.id = d.coupon_id
      JOIN run r ON r.workspace_id = c.workspace_id AND r.id = c.run_id
      WHERE d.workspace_id = ${workspace} AND d.id >= ${firstIdOf(since)} AND d.at >= ${since} AND d.state = 'confirmed' GROUP BY 1)
    SELECT j.id, j.name, j.state, j.state_reason AS "stateReason", week.entered, week.goals, week.worth, standing.waiting, standing.failed,
      coalesce(used.n, 0)::int AS redeemed, coalesce(used.paid, 0)::bigint AS revenue
    FROM journey j
    LEFT JOIN used ON used.journey_id = j.id
    CROSS JOIN LATERAL (
      SELECT count(*) AS entered, count(r.goal_at) AS goals, coalesce(sum(r.goal_value), 0)::bigint AS worth FROM run r
      WHERE r.workspace_id = j.workspace_id AND r.journey_id = j.id AND r.entered_at >= ${since} AND NOT r.is_held) week
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE r.state <> 'failed') AS waiting, count(*) FILTER (WHERE r.state = 'failed') AS failed FROM run r
      WHERE r.workspace_id = j.workspace_id AND r.journey_id = j.id AND r.state IN ('ready', 'parked', 'failed')) standing
    WHERE j.workspace_id = ${workspace} AND j.state IN ('live', 'paused')
    ORDER BY week.entered DESC, j.name`);

/** By run_failed and dead_letter_open, which hold nothing else. Archived journeys are done with, and so is what failed in them. */
async function broken(
  tx: Tx,
  workspace: WorkspaceId,
  since: Date,
): Promise<Pick<Attention, "failedRuns" | "deadLetters" | "lostSends">> {
  const letters = await tx.one<Pick<Attention, "deadLetters" | "lostSends">>(sql`
    SELECT count(*) FILTER (WHERE kind = 'event')::int AS "deadLetters", count(*) FILTER (WHERE kind = 'send')::int AS "lostSends"
    FROM dead_letter WHERE workspace_id = ${workspace} AND replayed_at IS NULL AND set_aside_at IS NULL`);
  return {
    failedRuns: await count(
      tx,
      sql`
        SELECT count(*) AS n FROM run r
        WHERE r.workspace_id = ${workspace} AND r.state = 'failed' AND r.ended_at >= ${since}
          AND NOT EXISTS (SELECT FROM journey j WHERE j.workspace_id = r.workspace_id AND j.id = r.journey_id AND j.state = 'archived')`,
    ),
    ...(letters ?? { deadLetters: 0, lostSends: 0 }),
  };
}

/** From this share on a budget is told of. */
const NEARLY = 0.8;

/** Journeys whose published budget for messages is nearly or fully used. By spending's key; few journeys have a budget. */
const nearBudgets = (tx: Tx, workspace: WorkspaceId): Promise<Attention["budgets"]> =>
  tx.rows(sql`
    SELECT j.id AS journey, j.name, b.budget, s.spent
    FROM journey j
    JOIN plan p ON p.workspace_id = j.workspace_id AND p.id = j.plan_id
    CROSS JOIN LATERAL (SELECT (p.document -> 'settings' ->> 'budget')::bigint AS budget) b
    JOIN spending s ON s.workspace_id = j.workspace_id AND s.subject = 'journey ' || j.id
    WHERE j.workspace_id = ${workspace} AND j.state IN ('live', 'paused') AND s.spent >= b.budget * ${NEARLY}::float8
    ORDER BY s.spent::float8 / b.budget DESC, j.name LIMIT 5`);

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
