import { CHANNELS } from "@/core/message/channel";
import { engine, type Sql, sql } from "@/platform/db";

/** How the installation fares, by the ledger: the same for every process that asks. Ages in seconds, 0 when nothing waits. */
export type Pulse = {
  /** Accepted events that are not dispatched yet, how long the oldest of them waits, and how many were taken since the server's statistics began. */
  dispatch: { waiting: number; ageSeconds: number; taken: number };
  /** Messages that could leave now, by channel, and how long the first of them could have. */
  send: { channel: string; waiting: number; ageSeconds: number }[];
  /** Messages handed over without an answer: under way, or in doubt. */
  inDoubt: number;
  /** Runs that could move now. */
  ready: number;
  /** `overdue`: asleep though their instant passed over 5 s ago. */
  conductors: { kind: string; awake: number; asleep: number; overdue: number }[];
  /** Providers that are not called just now because their calls failed. */
  openCircuits: string[];
  workers: number;
  /** Work in the background that is not finished, and how many members or rows it has still to look at. */
  jobs: { running: number; left: number };
  /** Events that could not be acted on and messages that did not arrive, neither dealt with nor set aside, by kind. */
  deadLetters: { event: number; send: number };
};

/** Counts stop here, because asking must stay cheap in a backlog; from here on Postgres' own running estimate of the inbox is told. */
export const MOST = 100_000;

/** Messages of a channel and workspace `w` that could leave now: ready ones by message_queue, held ones whose time has come by message_held. */
const due = (isHeld: Sql): Sql => sql`
  (SELECT m.not_before, m.workspace_id, m.journey_id FROM message m
    WHERE m.workspace_id = w.id AND m.channel = c.channel AND m.state = 'queued' AND ${isHeld} AND m.not_before <= clock_timestamp() LIMIT ${MOST})`;

/** What the pulse asks. Each goes by an index, which pulse.db.test.ts holds: monitors ask often, and these tables are the longest there are. */
export const LOOKS = {
  // The oldest of each lane and workspace stands first there, so one look each tells the oldest of all.
  inbox: sql`
    WITH RECURSIVE first AS (
      (SELECT lane, workspace_id, accepted_at FROM inbox ORDER BY lane, workspace_id, id LIMIT 1)
      UNION ALL
      SELECT n.* FROM first f, LATERAL (
        SELECT lane, workspace_id, accepted_at FROM inbox WHERE (lane, workspace_id) > (f.lane, f.workspace_id) ORDER BY lane, workspace_id, id LIMIT 1) n)
    SELECT (SELECT CASE WHEN count(*) < ${MOST} THEN count(*) ELSE greatest(count(*), pg_stat_get_live_tuples('inbox'::regclass)) END
        FROM (SELECT FROM inbox LIMIT ${MOST}) AS i)::int AS waiting,
      COALESCE(greatest(extract(epoch FROM clock_timestamp() - min(accepted_at)), 0), 0)::float8 AS "ageSeconds",
      pg_stat_get_tuples_deleted('inbox'::regclass)::float8 AS taken FROM first`,
  sends: sql`
    SELECT c.channel, sendable.waiting, sendable."ageSeconds" FROM unnest(${CHANNELS}::text[]) AS c(channel) CROSS JOIN LATERAL (
      SELECT count(*)::int AS waiting, COALESCE(extract(epoch FROM clock_timestamp() - min(m.not_before)), 0)::float8 AS "ageSeconds"
      FROM (SELECT due.* FROM workspace w CROSS JOIN LATERAL (${due(sql`NOT m.is_held`)} UNION ALL ${due(sql`m.is_held`)}) AS due LIMIT ${MOST}) AS m
      WHERE m.journey_id IS NULL OR EXISTS (
        SELECT FROM journey j WHERE j.workspace_id = m.workspace_id AND j.id = m.journey_id AND j.state = 'live')) AS sendable`,
  runs: sql`
    SELECT count(*)::int AS ready FROM (SELECT FROM run WHERE state = 'ready' LIMIT ${MOST}) AS r`,
  conductors: sql`
    SELECT kind, (count(*) FILTER (WHERE is_awake))::int AS awake, (count(*) FILTER (WHERE NOT is_awake))::int AS asleep,
      (count(*) FILTER (WHERE NOT is_awake AND next_due < clock_timestamp() - interval '5 seconds'))::int AS overdue
    FROM conductor GROUP BY kind ORDER BY kind`,
  others: sql`
    SELECT ARRAY(SELECT provider FROM provider_circuit WHERE open_until > clock_timestamp() ORDER BY 1) AS "openCircuits",
      (SELECT count(*) FROM worker_beat WHERE beat_at > clock_timestamp() - interval '4 seconds')::int AS workers,
      (SELECT count(*) FROM (SELECT FROM message WHERE state IN ('claimed', 'unknown') LIMIT ${MOST}) AS m)::int AS "inDoubt",
      (SELECT json_build_object('event', count(*) FILTER (WHERE kind = 'event'), 'send', count(*) FILTER (WHERE kind = 'send'))
        FROM (SELECT kind FROM dead_letter WHERE replayed_at IS NULL AND set_aside_at IS NULL LIMIT ${MOST}) AS d) AS "deadLetters",
      (SELECT json_build_object('running', count(*), 'left', coalesce(sum(greatest(total - done - skipped, 0)), 0)) FROM job WHERE state = 'running') AS jobs`,
};

/** Reads the pulse; throws when the database is away. */
export async function pulse(): Promise<Pulse> {
  return engine(async (tx) => {
    const [inbox, sends, runs, conductors, others] = await Promise.all([
      tx.one<Pulse["dispatch"]>(LOOKS.inbox),
      tx.rows<Pulse["send"][number]>(LOOKS.sends),
      tx.one<{ ready: number }>(LOOKS.runs),
      tx.rows<Pulse["conductors"][number]>(LOOKS.conductors),
      tx.one<Pick<Pulse, "workers" | "inDoubt" | "deadLetters" | "jobs" | "openCircuits">>(LOOKS.others),
    ]);
    return {
      dispatch: inbox ?? { waiting: 0, ageSeconds: 0, taken: 0 },
      send: sends,
      ready: runs?.ready ?? 0,
      conductors,
      openCircuits: others?.openCircuits ?? [],
      workers: others?.workers ?? 0,
      inDoubt: others?.inDoubt ?? 0,
      deadLetters: others?.deadLetters ?? { event: 0, send: 0 },
      jobs: others?.jobs ?? { running: 0, left: 0 },
    };
  });
}
