import type { JourneyId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/**
 * Holds a journey's state and plan as they are until the commit: everyone who enters or moves members does, many at once. Asked for before the
 * journey's row is read, so that the row read is the one that stays. Advisory, because its queue is fair: batches that overlap for ever would
 * keep whoever wants the row itself waiting for ever (decision 021).
 */
export const holdJourney = (tx: Tx, journey: JourneyId): void =>
  tx.push(sql`SELECT pg_advisory_xact_lock_shared(hashtextextended(${journey}, 0))`);

/**
 * Takes a journey for whoever changes its state or plan: waits for the batches under way, and those that come later wait for this commit. The
 * draft is nobody's premise and needs no such lock.
 */
export const takeJourney = (tx: Tx, journey: JourneyId): void =>
  tx.push(sql`SELECT pg_advisory_xact_lock(hashtextextended(${journey}, 0))`);

/**
 * Holds those of these journeys that are live and that nobody is about to change, without waiting: for work that may as well be left to others.
 * Returns how many publishes each of them has had.
 */
export async function holdLive(
  tx: Tx,
  workspace: WorkspaceId,
  ids: readonly JourneyId[],
): Promise<Map<JourneyId, number>> {
  if (ids.length === 0) return new Map();
  // The rows are read behind the locks, in a statement of their own, so they are those that stay.
  const [held, rows] = await Promise.all([
    tx.rows<{ id: JourneyId }>(sql`
    SELECT id FROM unnest(${ids}::uuid[]) AS j(id) WHERE pg_try_advisory_xact_lock_shared(hashtextextended(j.id::text, 0))`),
    tx.rows<{ id: JourneyId; mappings: number }>(sql`
    SELECT id, mappings FROM journey WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[]) AND state = 'live'`),
  ]);
  const free = new Set(held.map(({ id }) => id));
  return new Map(rows.filter(({ id }) => free.has(id)).map(({ id, mappings }) => [id, mappings]));
}
