import type { JourneyId, PlanId, WorkspaceId } from "@/core/ids";
import type { Fates, Mapping } from "@/core/plan/map-forward";
import { json, sql, type Tx } from "@/platform/db";

// Mappings are immutable and numbered without gaps, so what is cached of a journey is a right beginning of its list.
const cache = new Map<JourneyId, Mapping[]>();
const KEPT = 500;

/** A journey's publishes 1 to `upTo`, oldest first. */
export async function loadMappings(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  upTo: number,
): Promise<readonly Mapping[]> {
  const known = cache.get(journey);
  if (known && known.length >= upTo) return known.slice(0, upTo);
  const rows = await tx.rows<Mapping>(sql`
    SELECT number, from_plan_id AS from, to_plan_id AS to, fates FROM mapping
    WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND number <= ${upTo} ORDER BY number`);
  cache.delete(journey);
  cache.set(journey, rows);
  for (const id of cache.keys()) {
    if (cache.size <= KEPT) break;
    cache.delete(id);
  }
  return rows;
}

/** Writes the next mapping of a journey that the caller has taken; returns its number. */
export async function storeMapping(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  mapping: { from: PlanId; to: PlanId; fates: Fates },
  now: Date,
): Promise<number> {
  const row = await tx.one<{ number: number }>(sql`
    UPDATE journey SET mappings = mappings + 1 WHERE workspace_id = ${workspace} AND id = ${journey} RETURNING mappings AS number`);
  const number = row?.number ?? 1;
  await tx.run(sql`
    INSERT INTO mapping (workspace_id, journey_id, number, from_plan_id, to_plan_id, fates, at)
    VALUES (${workspace}, ${journey}, ${number}, ${mapping.from}, ${mapping.to}, ${json(mapping.fates)}, ${now})`);
  return number;
}
