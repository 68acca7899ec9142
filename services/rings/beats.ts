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

/**
 * Forgets the other workers of a host whose processes are gone, and has the chairs that they held at journeys free: few members are the workers' timers' then,
 * at once, and need not wait until the server has missed the dead one's heartbeat. Whoever lives after all (`isRunning` answers for another space of
 * process ids) has lost nothing but that. Returns how many chairs there were.
 */
export async function forgetDead(self: string, host: string, isRunning: (pid: number) => boolean): Promise<number> {
  return engine(async (tx) => {
    const known = await tx.rows<{ id: string; pid: number }>(
      sql`SELECT id, pid FROM worker_beat WHERE host = ${host} AND id <> ${self}`,
    );
    const dead = known.flatMap(({ id, pid }) => (isRunning(pid) ? [] : [id]));
    if (dead.length === 0) return 0;
    await tx.run(sql`DELETE FROM worker_beat WHERE id = ANY(${dead}::text[])`);
    // In the order of their ids, as all who lock several.
    return tx.run(sql`
      WITH held AS (
        SELECT workspace_id, id FROM conductor WHERE is_awake AND kind = 'journey' AND split_part(holder, '/', 1) = ANY(${dead}::text[])
        ORDER BY workspace_id, id FOR UPDATE)
      UPDATE conductor c SET is_awake = false, holder = NULL, next_due = clock_timestamp() FROM held
      WHERE c.workspace_id = held.workspace_id AND c.id = held.id`);
  });
}
