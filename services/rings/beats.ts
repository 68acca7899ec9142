import { engine, sql } from "@/platform/db";

/** A holder is `<worker>/<activity>`; a worker that has not beaten for this long is silent. */
export const SILENT_MS = 4000;

export async function beat(worker: string, host: string, pid: number): Promise<void> {
  await engine((tx) =>
    tx.run(sql`
    INSERT INTO worker_beat (id, host, pid, beat_at) VALUES (${worker}, ${host}, ${pid}, clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET beat_at = clock_timestamp()`),
  );
}

/** Signs off, and forgets workers that died long ago. */
export async function lastBeat(worker: string): Promise<void> {
  await engine((tx) =>
    tx.run(sql`DELETE FROM worker_beat WHERE id = ${worker} OR beat_at < clock_timestamp() - interval '1 day'`),
  );
}

/** The workers that beat lately, in a stable order: each takes its share of what all of them hear. */
export async function beating(): Promise<string[]> {
  const rows = await engine((tx) =>
    tx.rows<{ id: string }>(sql`
    SELECT id FROM worker_beat WHERE beat_at > clock_timestamp() - ${`${SILENT_MS} milliseconds`}::interval ORDER BY id`),
  );
  return rows.map((r) => r.id);
}
