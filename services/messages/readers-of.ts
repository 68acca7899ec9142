import type { WorkspaceId } from "@/core/ids";
import { isUuid } from "@/core/uuid";
import { query, sql } from "@/platform/db";

/** Which of these message ids are this workspace's: the sandbox holds everybody's messages and knows no workspaces. */
export async function ownKeys(workspace: WorkspaceId, keys: readonly string[]): Promise<Set<string>> {
  const wanted = keys.filter(isUuid);
  if (wanted.length === 0) return new Set();
  const rows = await query(workspace, (tx) =>
    tx.rows<{ id: string }>(sql`
    SELECT id FROM message WHERE workspace_id = ${workspace} AND id = ANY(${wanted}::uuid[])`),
  );
  return new Set(rows.map(({ id }) => id));
}
