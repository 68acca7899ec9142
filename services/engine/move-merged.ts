import type { JourneyId, MemberId, RunId, WorkspaceId } from "@/core/ids";
import { joinMemories } from "@/core/plan/timed";
import { sql, type Tx } from "@/platform/db";
import { type DueWrite, readDues, saveDues } from "./entering/due";
import { RUN_COLUMNS, type Run } from "./run";
import { saveRuns } from "./write";

/**
 * Brings the runs, entry counts, dates and whatever else the engine keeps of members that were merged away to their survivors, whose lane the
 * caller holds and whose member rows it has locked. Of two live runs of one journey and key that two of the members had, the later one exits, with
 * the reason `merged`; a journey that may be entered at any time keeps all. `brought`: the live runs that it brought, whose conductors are to be rung;
 * `ended`: those that exited, as they stood, whose last lines and passages are the caller's to write.
 */
export async function moveMerged(
  tx: Tx,
  workspace: WorkspaceId,
  survivors: readonly MemberId[],
  now: Date,
): Promise<{ brought: ReadonlySet<RunId>; ended: readonly Run[] }> {
  const gone = await tx.rows<{ id: MemberId; into: MemberId }>(sql`
    SELECT m.id, m.merged_into AS into FROM member m
    WHERE m.workspace_id = ${workspace} AND m.merged_into = ANY(${survivors}::uuid[])
      AND (EXISTS (SELECT FROM entry e WHERE e.workspace_id = m.workspace_id AND e.member_id = m.id)
        OR EXISTS (SELECT FROM due d WHERE d.workspace_id = m.workspace_id AND d.member_id = m.id)
        OR EXISTS (SELECT FROM turned_away a WHERE a.workspace_id = m.workspace_id AND a.member_id = m.id))`);
  if (gone.length === 0) return { brought: new Set(), ended: [] };
  const from = gone.map((g) => g.id);
  const into = gone.map((g) => g.into);
  await tx.run(sql`
    SELECT id FROM run WHERE workspace_id = ${workspace} AND member_id = ANY(${[...from, ...into]}::uuid[]) AND state IN ('ready', 'parked', 'held') ORDER BY id FOR NO KEY UPDATE`);
  const twins = await twinsOf(tx, workspace, from, into);
  const brought = await tx.rows<{ id: RunId; isLive: boolean }>(sql`
    UPDATE run SET member_id = g.survivor FROM unnest(${from}::uuid[], ${into}::uuid[]) AS g(id, survivor)
    WHERE run.workspace_id = ${workspace} AND run.member_id = g.id
    RETURNING run.id, run.state IN ('ready', 'parked', 'held') AS "isLive"`);
  const ended = await tx.rows<Run>(sql`
    SELECT ${RUN_COLUMNS} FROM run r WHERE r.workspace_id = ${workspace} AND r.id = ANY(${twins}::uuid[]) ORDER BY r.id`);
  await tx.run(sql`
    INSERT INTO entry (workspace_id, journey_id, member_id, key, count, live, last_run_id, last_entered_at, holdout_held, holdout_share, holdout_at)
    SELECT e.workspace_id, e.journey_id, g.survivor, e.key, sum(e.count), sum(e.live), (array_agg(e.last_run_id ORDER BY e.last_entered_at DESC))[1], max(e.last_entered_at),
      (array_agg(e.holdout_held ORDER BY e.holdout_at, e.holdout_held))[1], (array_agg(e.holdout_share ORDER BY e.holdout_at, e.holdout_held))[1], min(e.holdout_at)
    FROM entry e JOIN unnest(${from}::uuid[], ${into}::uuid[]) AS g(id, survivor) ON e.member_id = g.id
    WHERE e.workspace_id = ${workspace} GROUP BY e.workspace_id, e.journey_id, g.survivor, e.key
    ON CONFLICT (workspace_id, journey_id, member_id, key) DO UPDATE SET count = entry.count + EXCLUDED.count, live = entry.live + EXCLUDED.live,
      last_run_id = CASE WHEN EXCLUDED.last_entered_at > entry.last_entered_at THEN EXCLUDED.last_run_id ELSE entry.last_run_id END,
      last_entered_at = greatest(entry.last_entered_at, EXCLUDED.last_entered_at),
      (holdout_held, holdout_share, holdout_at) = (
        SELECT a.held, a.share, a.at FROM (VALUES (entry.holdout_held, entry.holdout_share, entry.holdout_at), (EXCLUDED.holdout_held, EXCLUDED.holdout_share, EXCLUDED.holdout_at)) AS a(held, share, at)
        ORDER BY a.at, a.held LIMIT 1)`);
  // The variants a member had stay with the person; where both had one, the survivor's.
  await tx.run(sql`
    INSERT INTO exposure (workspace_id, experiment, member_id, variant, at)
    SELECT DISTINCT ON (e.experiment, g.survivor) e.workspace_id, e.experiment, g.survivor, e.variant, e.at
    FROM exposure e JOIN unnest(${from}::uuid[], ${into}::uuid[]) AS g(id, survivor) ON e.member_id = g.id
    WHERE e.workspace_id = ${workspace} ORDER BY e.experiment, g.survivor, e.at
    ON CONFLICT (workspace_id, experiment, member_id) DO NOTHING`);
  await tx.run(sql`DELETE FROM exposure WHERE workspace_id = ${workspace} AND member_id = ANY(${from}::uuid[])`);
  await tx.run(sql`DELETE FROM entry WHERE workspace_id = ${workspace} AND member_id = ANY(${from}::uuid[])`);
  // Behind the entries, which count them as live until here.
  saveRuns(
    tx,
    workspace,
    ended.map((run): Run => ({ ...run, state: "exited", reason: "merged", mail: [], dueAt: null, port: null })),
    now,
  );
  joinArms(tx, workspace, into);
  await moveGroups(tx, workspace, from, into);
  await moveTurnedAway(tx, workspace, from, into);
  await moveDues(tx, workspace, from, into);
  const isOver = new Set(twins);
  return { brought: new Set(brought.flatMap(({ id, isLive }) => (isLive && !isOver.has(id) ? [id] : []))), ended };
}

/**
 * The live runs that two members who become one have of one journey and key: of each one's first the later, of each one's second likewise. Runs
 * that one and the same member had beside each other are no twins, and where re-entry is `always` everybody's runs are their own.
 */
async function twinsOf(tx: Tx, workspace: WorkspaceId, from: MemberId[], into: MemberId[]): Promise<RunId[]> {
  const rows = await tx.rows<{ id: RunId }>(sql`
    WITH gone AS (SELECT * FROM unnest(${from}::uuid[], ${into}::uuid[]) AS g(id, survivor)),
    live AS (
      SELECT r.id, r.journey_id, r.entry_key, r.entered_at, coalesce(g.survivor, r.member_id) AS member,
        row_number() OVER (PARTITION BY r.journey_id, r.member_id, r.entry_key ORDER BY r.entered_at, r.id) AS nth
      FROM run r
      JOIN plan p ON p.workspace_id = r.workspace_id AND p.id = r.plan_id AND p.body -> 'reentry' ->> 'is' <> 'always'
      LEFT JOIN gone g ON g.id = r.member_id
      WHERE r.workspace_id = ${workspace} AND r.member_id = ANY(${[...from, ...into]}::uuid[]) AND r.state IN ('ready', 'parked', 'held')
        AND r.journey_id IN (SELECT journey_id FROM entry WHERE workspace_id = ${workspace} AND member_id = ANY(${from}::uuid[])))
    SELECT id FROM (
      SELECT id, row_number() OVER (PARTITION BY journey_id, member, entry_key, nth ORDER BY entered_at, id) AS rank FROM live) AS ranked
    WHERE rank > 1`);
  return rows.map(({ id }) => id);
}

/** One person has one arm of a journey's holdout, over all keys: that of whichever of them it met first, at one instant of who got something. */
function joinArms(tx: Tx, workspace: WorkspaceId, survivors: readonly MemberId[]): void {
  tx.push(sql`
    UPDATE entry SET holdout_held = f.held, holdout_share = f.share, holdout_at = f.at FROM (
      SELECT DISTINCT ON (journey_id, member_id) journey_id, member_id, holdout_held AS held, holdout_share AS share, holdout_at AS at FROM entry
      WHERE workspace_id = ${workspace} AND member_id = ANY(${[...survivors]}::uuid[]) AND holdout_at IS NOT NULL ORDER BY journey_id, member_id, holdout_at, holdout_held) AS f
    WHERE entry.workspace_id = ${workspace} AND entry.journey_id = f.journey_id AND entry.member_id = f.member_id AND (entry.holdout_at, entry.holdout_held) <> (f.at, f.held)`);
}

/** Who was kept apart by an exclusion group still is; where both were, until the later instant. */
async function moveGroups(tx: Tx, workspace: WorkspaceId, from: MemberId[], into: MemberId[]): Promise<void> {
  await tx.run(sql`
    INSERT INTO entry_group (workspace_id, name, member_id, journey_id, run_id, until)
    SELECT DISTINCT ON (e.name, g.survivor) e.workspace_id, e.name, g.survivor, e.journey_id, e.run_id, e.until
    FROM entry_group e JOIN unnest(${from}::uuid[], ${into}::uuid[]) AS g(id, survivor) ON e.member_id = g.id
    WHERE e.workspace_id = ${workspace} ORDER BY e.name, g.survivor, e.until DESC
    ON CONFLICT (workspace_id, name, member_id) DO UPDATE SET journey_id = EXCLUDED.journey_id, run_id = EXCLUDED.run_id, until = EXCLUDED.until
    WHERE EXCLUDED.until > entry_group.until`);
  tx.push(sql`DELETE FROM entry_group WHERE workspace_id = ${workspace} AND member_id = ANY(${from}::uuid[])`);
}

async function moveTurnedAway(tx: Tx, workspace: WorkspaceId, from: MemberId[], into: MemberId[]): Promise<void> {
  await tx.run(sql`
    INSERT INTO turned_away (workspace_id, member_id, journey_id, at, reason, event, event_id)
    SELECT a.workspace_id, g.survivor, a.journey_id, a.at, a.reason, a.event, a.event_id
    FROM turned_away a JOIN unnest(${from}::uuid[], ${into}::uuid[]) AS g(id, survivor) ON a.member_id = g.id
    WHERE a.workspace_id = ${workspace} ON CONFLICT DO NOTHING`);
  tx.push(sql`DELETE FROM turned_away WHERE workspace_id = ${workspace} AND member_id = ANY(${from}::uuid[])`);
}

/** What the merged one had of a date this year, the survivor had; the sooner instant is looked at, and decided anew then. */
async function moveDues(tx: Tx, workspace: WorkspaceId, from: MemberId[], into: MemberId[]): Promise<void> {
  const journeys = await tx.rows<{ id: JourneyId; shards: number }>(sql`
    SELECT j.id, j.shards FROM journey j WHERE j.workspace_id = ${workspace} AND EXISTS (
      SELECT FROM due d WHERE d.workspace_id = ${workspace} AND d.journey_id = j.id AND d.member_id = ANY(${from}::uuid[]))`);
  if (journeys.length === 0) return;
  const rows = await readDues(
    tx,
    workspace,
    journeys.map(({ id }) => id),
    [...from, ...into],
  );
  for (const journey of journeys) {
    const writes = new Map<MemberId, DueWrite>();
    from.forEach((id, i) => {
      const survivor = into[i];
      const gone = rows.get(`${journey.id} ${id}`);
      if (!survivor || !gone) return;
      const own = writes.get(survivor) ?? rows.get(`${journey.id} ${survivor}`);
      const instants = [own?.at ?? null, gone.at].filter((at) => at !== null);
      writes.set(survivor, {
        member: survivor,
        at: instants.length > 0 ? Math.min(...instants) : null,
        memory: own ? joinMemories(own.memory, gone.memory) : gone.memory,
      });
    });
    saveDues(tx, workspace, journey, [...writes.values()]);
  }
  tx.push(sql`DELETE FROM due WHERE workspace_id = ${workspace} AND member_id = ANY(${from}::uuid[])`);
}
