import type { RunId } from "@/core/ids";
import { type Sql, sql, type Tx } from "@/platform/db";
import { firstDue, isDue } from "./entering/due-look";
import { nextInstantOf, RUN_COLUMNS, type Run } from "./run";
import type { Shard } from "./shard";

export type { Shard } from "./shard";

/** Where the last claim ended: without it each claim walks over the index entries of all rows that were ready before. */
export type Cursor = { hot: number; bulk: number };
export const START: Cursor = { hot: 0, bulk: 0 };

/**
 * A due instant acts this much later: an event whose transaction commits within it, accepted before the instant, still wins the wait.
 */
export const DUE_GRACE_MS = 100;
const DUE_GRACE = `${DUE_GRACE_MS} milliseconds`;

const own = (s: Shard): Sql =>
  sql`r.workspace_id = ${s.workspace} AND r.journey_id = ${s.journey} AND r.shard = ${s.shard}`;
/** A due run waits only for its member's events accepted before its instant; whoever takes the last of them notes that it waits no longer. By inbox_member. */
export const isThrough = (instant: Sql): Sql => sql`
  NOT EXISTS (SELECT FROM inbox i WHERE i.workspace_id = r.workspace_id AND i.member_id = r.member_id AND i.accepted_at <= ${instant})`;
// The clock stands in a SELECT of its own: a volatile bound is no index condition, and then each look walked every parked run (78 ms on average while they grew to 125,000).
const PAST = sql`(SELECT clock_timestamp() - ${DUE_GRACE}::interval)`;
const due = (s: Shard): Sql => sql`
  ${own(s)} AND r.state = 'parked' AND r.due_at <= ${PAST} AND ${isThrough(sql`r.due_at`)}`;
/** To be looked at, and not due: one of both would be claimed twice. By run_look, which is empty for most journeys. */
const looked = (s: Shard): Sql => sql`
  ${own(s)} AND r.state IN ('parked', 'held') AND r.look_at <= ${PAST} AND (r.state = 'held' OR r.due_at IS NULL OR r.due_at > ${PAST})
  AND ${isThrough(sql`r.look_at`)}`;

/**
 * Looks for work must walk run_ready and run_due in their order. A table that grew since its last ANALYZE looks tiny to the planner, and then any
 * index of the journey's runs plus a sort looks as good: each claim walked all parked runs, twice (80 ms at 40,000). Without sorts only the right
 * index gives the order. Said in the statement before, taken back by the claim itself, so neither costs a round trip.
 */
export const IN_INDEX_ORDER = sql`set_config('enable_sort', 'off', true)`;
const ANY_ORDER = sql`(SELECT set_config('enable_sort', 'on', true)) AS "anyOrder"`;

/**
 * Locks up to `hot` runs that an event readied, and up to `bulk` that a timer, a publish or a broadcast did, in their order, passing over
 * what another conductor holds. The statement before it says IN_INDEX_ORDER.
 */
export async function claim(
  tx: Tx,
  shard: Shard,
  cursor: Cursor,
  limit: { hot: number; bulk: number },
): Promise<Run[]> {
  const claimed = await tx.rows<Run>(sql`
    WITH hot AS (
      SELECT ${RUN_COLUMNS} FROM run r WHERE ${own(shard)} AND r.state = 'ready' AND r.is_bulk = false AND r.ready_order > ${cursor.hot}
      ORDER BY r.ready_order LIMIT ${limit.hot} FOR NO KEY UPDATE SKIP LOCKED),
    bulk AS (
      SELECT ${RUN_COLUMNS} FROM run r WHERE ${own(shard)} AND r.state = 'ready' AND r.is_bulk = true AND r.ready_order > ${cursor.bulk}
      ORDER BY r.ready_order LIMIT ${limit.bulk} FOR NO KEY UPDATE SKIP LOCKED),
    late AS (
      SELECT ${RUN_COLUMNS} FROM run r WHERE ${due(shard)} ORDER BY r.due_at LIMIT ${limit.bulk} FOR NO KEY UPDATE SKIP LOCKED),
    looked AS (
      SELECT ${RUN_COLUMNS} FROM run r WHERE ${looked(shard)} ORDER BY r.look_at LIMIT ${limit.bulk} FOR NO KEY UPDATE SKIP LOCKED)
    SELECT *, ${ANY_ORDER} FROM (SELECT * FROM hot UNION ALL SELECT * FROM bulk UNION ALL SELECT * FROM late UNION ALL SELECT * FROM looked) AS claimed`);
  const isLate = ({ state }: Run): boolean => state !== "ready";
  return [...claimed.filter((run) => !isLate(run)), ...claimed.filter(isLate).sort(whoCameFirst)];
}

/**
 * Of runs due at one instant, who entered first is first, at the last coupon too: the index knows only the instant. So within one claim only: of more
 * than fit in one, which come first is left to chance, because an index over the id too would cost every parked run a longer entry.
 */
const whoCameFirst = (a: Run, b: Run): number =>
  nextInstantOf(a) - nextInstantOf(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Locks these runs, if they are still this shard's to move: for halving a batch that failed. */
export async function claimThese(tx: Tx, shard: Shard, ids: readonly RunId[]): Promise<Run[]> {
  return tx.rows<Run>(sql`
    SELECT ${RUN_COLUMNS}, ${ANY_ORDER} FROM run r WHERE ${own(shard)} AND r.id = ANY(${ids}::uuid[])
      AND (r.state = 'ready' OR r.state = 'parked' AND r.due_at <= clock_timestamp() OR r.state IN ('parked', 'held') AND r.look_at <= clock_timestamp())
    ORDER BY r.id FOR NO KEY UPDATE`);
}

/**
 * Of a stopped journey (its alias is j), everybody has left this shard: its conductor has nothing to do but to end. By run_ready and run_step.
 */
export const everybodyLeft = (shard: Sql): Sql => sql`
  j.state IN ('stopped', 'archived')
  AND NOT EXISTS (SELECT FROM run r WHERE r.workspace_id = j.workspace_id AND r.journey_id = j.id AND r.shard = ${shard} AND r.state = 'ready')
  AND NOT EXISTS (SELECT FROM run r WHERE r.workspace_id = j.workspace_id AND r.journey_id = j.id AND r.shard = ${shard} AND r.state = 'parked')`;

/** Nothing will ever come again, unless the journey is published again. */
export async function isOver(tx: Tx, { workspace, journey, shard }: Shard): Promise<boolean> {
  return (
    undefined !==
    (await tx.one(
      sql`SELECT 1 FROM journey j WHERE j.workspace_id = ${workspace} AND j.id = ${journey} AND ${everybodyLeft(sql`${shard}`)}`,
    ))
  );
}

/** A run of a member merged away waits for the survivor's dispatch turn, which rings; whoever claims it finds that out by the member's lock. */
const STANDS = sql`(SELECT m.merged_into FROM member m WHERE m.workspace_id = r.workspace_id AND m.id = r.member_id) IS NULL`;

/** The claim's own predicate, without a cursor: are there runs to move now, is somebody to enter, or is the conductor to end? */
export async function workOf(tx: Tx, shard: Shard): Promise<{ runs: boolean; other: boolean }> {
  const [, found] = await Promise.all([
    tx.run(sql`SELECT ${IN_INDEX_ORDER}`),
    tx.one<{ runs: boolean | null; other: boolean | null }>(sql`
    SELECT j.state = 'live' AND coalesce(
        (SELECT true FROM run r WHERE ${own(shard)} AND r.state = 'ready' AND ${STANDS} ORDER BY r.is_bulk, r.ready_order LIMIT 1),
        (SELECT true FROM run r WHERE ${due(shard)} AND ${STANDS} ORDER BY r.due_at LIMIT 1),
        (SELECT true FROM run r WHERE ${looked(shard)} AND ${STANDS} ORDER BY r.look_at LIMIT 1)) AS runs,
      j.state = 'live' AND ${isDue(shard)} OR ${everybodyLeft(sql`${shard.shard}`)} AS other
    FROM journey j WHERE j.workspace_id = ${shard.workspace} AND j.id = ${shard.journey}`),
  ]);
  return { runs: found?.runs === true, other: found?.other === true };
}

export async function hasWork(tx: Tx, shard: Shard): Promise<boolean> {
  const { runs, other } = await workOf(tx, shard);
  return runs || other;
}

/** What becomes due within so long is met by one look. */
const APART = sql`interval '250 milliseconds'`;
/** Whoever takes the last of a member's rows notes the runs that waited for it; so much later it is looked whether that came to pass. */
const HELD_BACK = sql`interval '5 seconds'`;

/**
 * When this shard must look again by itself: its earliest instant at which a run is due or to be looked at, or a member is to enter; never in the past,
 * and seldom for runs that only their members' inbox holds back: two hundred journeys that looked for those four times a second had no time left for
 * the inbox. Asked after `hasWork`, and like it in the index's order.
 */
export const nextDue = (shard: Shard): Sql => sql`
  SELECT least(
    (SELECT greatest(first.at + ${DUE_GRACE}::interval, clock_timestamp() + ${APART})
      FROM (SELECT least(
        (SELECT r.due_at FROM run r WHERE ${own(shard)} AND r.state = 'parked' AND r.due_at > ${PAST} ORDER BY r.due_at LIMIT 1),
        (SELECT r.look_at FROM run r WHERE ${own(shard)} AND r.state IN ('parked', 'held') AND r.look_at > ${PAST} ORDER BY r.look_at LIMIT 1)) AS at) AS first
      WHERE first.at IS NOT NULL),
    -- Those whose time has come since the last look, and those that are held back.
    CASE WHEN coalesce(
        (SELECT true FROM run r WHERE ${due(shard)} AND ${STANDS} ORDER BY r.due_at LIMIT 1),
        (SELECT true FROM run r WHERE ${looked(shard)} AND ${STANDS} ORDER BY r.look_at LIMIT 1)) THEN clock_timestamp() + ${APART}
      WHEN coalesce(
        (SELECT true FROM run r WHERE ${own(shard)} AND r.state = 'parked' AND r.due_at <= ${PAST} ORDER BY r.due_at LIMIT 1),
        (SELECT true FROM run r WHERE ${own(shard)} AND r.state IN ('parked', 'held') AND r.look_at <= ${PAST} ORDER BY r.look_at LIMIT 1))
      THEN clock_timestamp() + ${HELD_BACK} END,
    ${firstDue(shard)})
  WHERE EXISTS (SELECT FROM journey j WHERE j.workspace_id = ${shard.workspace} AND j.id = ${shard.journey} AND j.state = 'live')`;
