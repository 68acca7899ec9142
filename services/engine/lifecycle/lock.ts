import type { JourneyId, PlanId, RunId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { holdJourney } from "../../plans/hold";
import { RUN_COLUMNS, type Run } from "../run";

export type Held = {
  id: JourneyId;
  state: "draft" | "live" | "paused" | "stopped" | "archived";
  plan: PlanId | null;
  mappings: number;
  shards: number;
  zone: string;
};

/** Holds the journey, as every batch does, and reads it. */
export function shareJourney(tx: Tx, workspace: WorkspaceId, journey: JourneyId): Promise<Held | undefined> {
  holdJourney(tx, journey);
  return tx.one(sql`
    SELECT j.id, j.state, j.plan_id AS plan, j.mappings, j.shards, w.time_zone AS zone
    FROM journey j JOIN workspace w ON w.id = j.workspace_id WHERE j.workspace_id = ${workspace} AND j.id = ${journey}`);
}

/**
 * Locks those of some runs that nobody else has, waiting for none; returns them. For who holds the journey for himself: a turn of the dispatcher has its
 * members' runs before it asks for the journeys that they enter, so to wait for them here would close a circle (decision 021).
 */
export async function lockFree(tx: Tx, workspace: WorkspaceId, ids: readonly RunId[]): Promise<RunId[]> {
  if (ids.length === 0) return [];
  const rows = await tx.rows<{ id: RunId }>(sql`
    SELECT id FROM run WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED`);
  return rows.map(({ id }) => id);
}

/** Locks runs in id order, as dispatch does, and reads them after: what a conductor or an event did before is seen. */
export async function lockRuns(tx: Tx, workspace: WorkspaceId, ids: readonly RunId[]): Promise<Run[]> {
  if (ids.length === 0) return [];
  await tx.run(sql`
    SELECT id FROM run WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`);
  return tx.rows<Run>(sql`
    SELECT ${RUN_COLUMNS} FROM run r WHERE r.workspace_id = ${workspace} AND r.id = ANY(${ids}::uuid[]) ORDER BY r.id`);
}
