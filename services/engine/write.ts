import type { JourneyId, MemberId, RunId, StepId, WorkspaceId } from "@/core/ids";
import { MAIL } from "@/core/plan/control";
import { json, type Sql, sql, type Tx } from "@/platform/db";
import { countConversions } from "../messages/traffic";
import { followRuns } from "../tasks/follow";
import { isLive, type Run } from "./run";

/** One line of a run's journal. `at` is the transaction's instant; the order within it is `lap`, then the plan's. */
export type Line = { run: RunId; step: StepId; lap: number; port: string; why?: unknown };
export type Passed = { journey: JourneyId; shard: number; step: StepId; port: string; count: number };

/** Writes what a set of runs became. The caller holds the runs' locks: rows are found by id alone. */
export function saveRuns(tx: Tx, workspace: WorkspaceId, runs: readonly Run[], now: Date): void {
  if (runs.length === 0) return;
  countConversions(
    tx,
    workspace,
    runs.flatMap(({ id, goalAt }) => (goalAt === null ? [] : [id])),
    now,
  );
  tx.push(sql`
    UPDATE run SET step = n.step, lap = n.lap, state = n.state, port = n.port, ready_event = n.ready_event, ready_why = n.ready_why,
      ready_by = n.ready_by,
      ready_order = CASE WHEN n.state = 'ready' AND run.state <> 'ready' THEN nextval('run_order') ELSE run.ready_order END,
      is_bulk = n.is_bulk, due_at = n.due_at, look_at = n.look_at, parked_at = n.parked_at, mail = n.mail, vars = n.vars, goal_at = n.goal_at, goal_value = n.goal_value, reason = n.reason,
      ended_at = CASE WHEN n.state IN ('ready', 'parked', 'held') THEN NULL ELSE ${now}::timestamptz END
    FROM unnest(
      ${runs.map((r) => r.id)}::uuid[], ${runs.map((r) => r.step)}::text[], ${runs.map((r) => r.lap)}::int[], ${runs.map((r) => r.state)}::text[],
      ${runs.map((r) => r.port)}::text[], ${runs.map((r) => r.readyEvent)}::uuid[], ${runs.map((r) => r.isBulk)}::boolean[],
      ${runs.map((r) => r.dueAt)}::timestamptz[], ${runs.map(toBeLookedAt)}::timestamptz[], ${runs.map((r) => r.parkedAt)}::timestamptz[], ${runs.map((r) => json(r.mail))}::jsonb[],
      ${runs.map((r) => json(r.vars))}::jsonb[], ${runs.map((r) => r.goalAt)}::timestamptz[], ${runs.map((r) => r.reason)}::text[],
      ${runs.map((r) => r.readyBy)}::text[], ${runs.map((r) => r.goalValue)}::bigint[],
      ${runs.map(whyReady)}::jsonb[]
    ) AS n(id, step, lap, state, port, ready_event, is_bulk, due_at, look_at, parked_at, mail, vars, goal_at, reason, ready_by, goal_value, ready_why)
    WHERE run.workspace_id = ${workspace} AND run.id = n.id`);
  followRuns(tx, workspace, runs, now);
  leaveEntries(
    tx,
    workspace,
    runs.filter((r) => !isLive(r.state)),
  );
}

/** The clock asks only for who waits or is held: here alone that is seen to, whatever took the run from there. */
const toBeLookedAt = ({ state, lookAt }: Run): Date | null => (state === "parked" || state === "held" ? lookAt : null);

/** Kept only until the run leaves its wait: then the journal has it. */
const whyReady = ({ state, readyWhy }: Run): string | null => (state === "ready" && readyWhy ? json(readyWhy) : null);

/** A run that ended no longer counts as live on its entry row. */
function leaveEntries(tx: Tx, workspace: WorkspaceId, ended: readonly Run[]): void {
  if (ended.length === 0) return;
  const gone = new Map<string, { journey: JourneyId; member: MemberId; key: string; count: number }>();
  for (const { journey, member, key } of ended) {
    const id = `${journey} ${member} ${key}`;
    const one = gone.get(id);
    if (one) one.count++;
    else gone.set(id, { journey, member, key, count: 1 });
  }
  const rows = [...gone.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  tx.push(sql`
    UPDATE entry SET live = greatest(entry.live - g.count, 0)
    FROM unnest(${rows.map((r) => r.journey)}::uuid[], ${rows.map((r) => r.member)}::uuid[], ${rows.map((r) => r.key)}::text[], ${rows.map((r) => r.count)}::int[])
      AS g(journey, member, key, count)
    WHERE entry.workspace_id = ${workspace} AND entry.journey_id = g.journey AND entry.member_id = g.member AND entry.key = g.key`);
}

/**
 * The primary key (run, step, lap) makes a second effect of the same step impossible, whatever went before. A run that was moved or retried may
 * come to a wait or a choice again, which decides anew: what is in `before` (read under the run's lock) takes the later decision.
 */
export function saveJournal(
  tx: Tx,
  workspace: WorkspaceId,
  lines: readonly Line[],
  now: Date,
  before: ReadonlyMap<string, string> = new Map(),
): void {
  const isAgain = (line: Line): boolean => before.has(`${line.run} ${line.step} ${line.lap}`);
  const again = before.size === 0 ? [] : lines.filter(isAgain);
  insertLines(tx, workspace, again.length === 0 ? lines : lines.filter((line) => !isAgain(line)), now);
  if (again.length > 0)
    tx.push(sql`
      UPDATE journal SET port = l.port, at = ${now}, why = l.why FROM ${unnested(again)}
      WHERE journal.workspace_id = ${workspace} AND journal.run_id = l.run AND journal.step = l.step AND journal.lap = l.lap`);
}

/** The last lines of runs that ended from outside: where a run had been at its step before, the line that is there says more. */
export function saveLastLines(tx: Tx, workspace: WorkspaceId, lines: readonly Line[], now: Date): void {
  insertLines(tx, workspace, lines, now, sql`ON CONFLICT DO NOTHING`);
}

/**
 * Events that came to runs on their way beyond what these keep: one journal line a run, counting. Its step is none of any drawing, so it answers
 * for no effect.
 */
export function saveOverflow(tx: Tx, workspace: WorkspaceId, overflow: ReadonlyMap<RunId, number>, now: Date): void {
  if (overflow.size === 0) return;
  tx.push(sql`
    INSERT INTO journal (workspace_id, run_id, step, lap, port, at, why)
    SELECT ${workspace}, o.run, ${MAIL}, 0, '@overflow', ${now}, jsonb_build_object('overflow', o.count)
    FROM unnest(${[...overflow.keys()]}::uuid[], ${[...overflow.values()]}::int[]) AS o(run, count)
    ON CONFLICT (workspace_id, run_id, step, lap) DO UPDATE SET at = EXCLUDED.at,
      why = jsonb_build_object('overflow', (journal.why ->> 'overflow')::int + (EXCLUDED.why ->> 'overflow')::int)`);
}

function insertLines(tx: Tx, workspace: WorkspaceId, lines: readonly Line[], now: Date, onConflict: Sql = sql``): void {
  if (lines.length === 0) return;
  tx.push(sql`
    INSERT INTO journal (workspace_id, run_id, step, lap, port, at, why)
    SELECT ${workspace}, l.run, l.step, l.lap, l.port, ${now}, l.why FROM ${unnested(lines)} ${onConflict}`);
}

const unnested = (lines: readonly Line[]): Sql => sql`
  unnest(${lines.map((l) => l.run)}::uuid[], ${lines.map((l) => l.step)}::text[], ${lines.map((l) => l.lap)}::int[], ${lines.map((l) => l.port)}::text[],
    ${lines.map((l) => (l.why === undefined ? null : json(l.why)))}::jsonb[]) AS l(run, step, lap, port, why)`;

/** Counts for the canvas, per hour. Rows are taken in key order, behind runs, members and stocks; segments, dues and conductors come after. */
export function saveTraffic(tx: Tx, workspace: WorkspaceId, passed: readonly Passed[], now: Date): void {
  if (passed.length === 0) return;
  const sorted = [...passed].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  tx.push(sql`
    INSERT INTO traffic (workspace_id, journey_id, shard, hour, step, port, count)
    SELECT ${workspace}, t.journey, t.shard, date_trunc('hour', ${now}::timestamptz, 'UTC'), t.step, t.port, t.count
    FROM unnest(${sorted.map((t) => t.journey)}::uuid[], ${sorted.map((t) => t.shard)}::int[], ${sorted.map((t) => t.step)}::text[], ${sorted.map((t) => t.port)}::text[],
      ${sorted.map((t) => t.count)}::int[]) AS t(journey, shard, step, port, count)
    ON CONFLICT (workspace_id, journey_id, shard, hour, step, port) DO UPDATE SET count = traffic.count + EXCLUDED.count`);
}
const order = (t: Passed): string => `${t.journey} ${t.shard} ${t.step} ${t.port}`;

/** What befell runs: the steps they left, and the passages. */
export type Moved = { lines: Line[]; traffic: Traffic };

/** Adds up passages while a batch moves. */
export class Traffic {
  private readonly counts = new Map<string, Passed>();
  add(run: Run, step: StepId, port: string): void {
    const key = `${run.journey} ${run.shard} ${step} ${port}`;
    const known = this.counts.get(key);
    if (known) known.count++;
    else this.counts.set(key, { journey: run.journey, shard: run.shard, step, port, count: 1 });
  }
  all(): Passed[] {
    return [...this.counts.values()];
  }
}
