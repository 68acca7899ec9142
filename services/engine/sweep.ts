import { type ConductorId, JOB_CONDUCTOR, type WorkspaceId } from "@/core/ids";
import { engine, sql } from "@/platform/db";
import { forgottenSender } from "../messages/gate/queue-looks";
import { SILENT_MS } from "../rings/beats";
import { forgottenCaller } from "../webhooks/claim";
import { everybodyLeft, IN_INDEX_ORDER, isThrough } from "./claim";

export type Waiting = { workspace: WorkspaceId; conductor: ConductorId; kind: string; subject: string; shard: number };

/** It sleeps on for more than a second: the workers' timers come to it before. */
const SLEEPS_ON = sql`NOT c.is_awake AND (c.next_due IS NULL OR c.next_due > clock_timestamp() + interval '1 second')`;
const LATE = sql`(SELECT clock_timestamp() - interval '2 seconds')`;

/**
 * Conductors that somebody should start: awake with a silent holder, or asleep with a due instant past, or asleep with work older than 2 s, or
 * asleep in a journey that everybody left, or asleep past an instant of which it was not told.
 * This mends a crash between commit and signal, a lost NOTIFY, and Temporal's data lost. Ready work comes first; at most 100 at once.
 */
export async function sweep(): Promise<Waiting[]> {
  return engine(async (tx) => {
    await tx.run(sql`SELECT ${IN_INDEX_ORDER}`);
    return tx.rows<Waiting>(sql`
    WITH silent AS (
      SELECT c.workspace_id, c.id FROM conductor c
      LEFT JOIN worker_beat b ON b.id = split_part(c.holder, '/', 1) AND b.beat_at > clock_timestamp() - ${`${SILENT_MS} milliseconds`}::interval
      WHERE c.is_awake AND b.id IS NULL AND (c.holder IS NOT NULL OR c.started_at < clock_timestamp() - interval '2 seconds')),
    -- a journey's few are the workers' timers' (decision 101), unless those do not come to it
    past AS (
      SELECT workspace_id, id FROM conductor
      WHERE NOT is_awake AND next_due < clock_timestamp() - CASE kind WHEN 'journey' THEN interval '10 seconds' ELSE interval '1 second' END),
    -- one look per sleeping conductor, by run_ready, message_queue and the job itself
    forgotten AS (
      SELECT c.workspace_id, c.id FROM conductor c
      JOIN journey j ON j.workspace_id = c.workspace_id AND j.id = c.subject::uuid AND j.state = 'live'
      WHERE NOT c.is_awake AND c.kind = 'journey' AND (
        SELECT true FROM run r WHERE r.workspace_id = j.workspace_id AND r.journey_id = j.id AND r.shard = c.shard AND r.state = 'ready'
        ORDER BY r.is_bulk, r.ready_order LIMIT 1)
      UNION ALL
      SELECT c.workspace_id, c.id FROM conductor c
      JOIN journey j ON j.workspace_id = c.workspace_id AND j.id = c.subject::uuid
      WHERE NOT c.is_awake AND c.kind = 'journey' AND ${everybodyLeft(sql`c.shard`)}
      UNION ALL
      SELECT c.workspace_id, c.id FROM job j
      JOIN conductor c ON c.workspace_id = j.workspace_id AND c.id = ${JOB_CONDUCTOR}::text || j.id AND NOT c.is_awake
      WHERE j.state = 'running'
      UNION ALL
      SELECT c.workspace_id, c.id FROM conductor c
      WHERE NOT c.is_awake AND c.kind = 'caller' AND ${forgottenCaller}
      UNION ALL
      SELECT c.workspace_id, c.id FROM conductor c
      WHERE NOT c.is_awake AND c.kind = 'sender' AND ${forgottenSender}
      UNION ALL
      SELECT c.workspace_id, c.id FROM conductor c
      JOIN broadcast b ON b.workspace_id = c.workspace_id AND b.id = c.subject::uuid
      JOIN journey j ON j.workspace_id = b.workspace_id AND j.id = b.journey_id AND j.state = 'live'
      WHERE NOT c.is_awake AND c.kind = 'broadcast' AND (b.state = 'running' OR b.state = 'waiting' AND b.starts_at < clock_timestamp())
      UNION ALL
      SELECT c.workspace_id, c.id FROM conductor c
      WHERE NOT c.is_awake AND c.kind = 'segments' AND EXISTS (SELECT FROM segment s WHERE s.workspace_id = c.workspace_id AND s.state <> 'live')),
    -- a ringBy that was lost, by run_due, run_look, due_at and segment_member_next
    overslept AS (
      SELECT c.workspace_id, c.id FROM conductor c
      JOIN journey j ON j.workspace_id = c.workspace_id AND j.id = c.subject::uuid AND j.state = 'live'
      WHERE ${SLEEPS_ON} AND c.kind = 'journey' AND (
        (SELECT true FROM run r WHERE r.workspace_id = j.workspace_id AND r.journey_id = j.id AND r.shard = c.shard AND r.state = 'parked' AND r.due_at < ${LATE}
          AND ${isThrough(sql`r.due_at`)} ORDER BY r.due_at LIMIT 1)
        OR (SELECT true FROM run r WHERE r.workspace_id = j.workspace_id AND r.journey_id = j.id AND r.shard = c.shard AND r.state IN ('parked', 'held') AND r.look_at < ${LATE}
          AND ${isThrough(sql`r.look_at`)} ORDER BY r.look_at LIMIT 1)
        OR (SELECT true FROM due d WHERE d.workspace_id = j.workspace_id AND d.journey_id = j.id AND d.shard = c.shard AND d.at < ${LATE} ORDER BY d.at LIMIT 1))
      UNION ALL
      SELECT c.workspace_id, c.id FROM conductor c
      WHERE ${SLEEPS_ON} AND c.kind = 'segments'
        AND (SELECT true FROM segment_member m WHERE m.workspace_id = c.workspace_id AND m.next_at < ${LATE} ORDER BY m.next_at LIMIT 1))
    SELECT c.workspace_id AS workspace, c.id AS conductor, c.kind, c.subject, c.shard
    FROM (SELECT *, 0 AS rank FROM forgotten UNION ALL SELECT *, 1 FROM silent UNION ALL SELECT *, 2 FROM past UNION ALL SELECT *, 2 FROM overslept) w
    JOIN conductor c ON c.workspace_id = w.workspace_id AND c.id = w.id
    GROUP BY c.workspace_id, c.id ORDER BY min(w.rank), c.id LIMIT 100`);
  });
}
