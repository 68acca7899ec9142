import type { WorkspaceId } from "@/core/ids";
import { engine, sql } from "@/platform/db";

/** Every workspace with its time zone, for upkeep. */
export const zones = (): Promise<{ id: WorkspaceId; zone: string }[]> =>
  engine((tx) =>
    tx.rows<{ id: WorkspaceId; zone: string }>(sql`SELECT id, time_zone AS zone FROM workspace ORDER BY id`),
  );
