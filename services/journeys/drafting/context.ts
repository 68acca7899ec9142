import type { WorkspaceId } from "@/core/ids";
import type { Context } from "@/core/journey/problems";
import { sql, type Tx } from "@/platform/db";

/** What a draft may name in its workspace. */
export async function contextOf(tx: Tx, workspace: WorkspaceId): Promise<Context> {
  return {
    journeys: await tx.rows<{ id: string; name: string; state: string }>(
      sql`SELECT id, name, state FROM journey WHERE workspace_id = ${workspace}`,
    ),
    segments: await tx.rows<{ id: string }>(
      sql`SELECT id FROM segment WHERE workspace_id = ${workspace} AND state <> 'deleted'`,
    ),
    offers: await tx.rows<{ id: string; name: string; state: string }>(
      sql`SELECT id, name, state FROM offer WHERE workspace_id = ${workspace}`,
    ),
  };
}
