import type { EventId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/** Whether this is the first time that something outside said this, by its own number: its later calls are repeats, for 35 days. */
export async function isFirst(tx: Tx, workspace: WorkspaceId, said: string, event: EventId): Promise<boolean> {
  const made = await tx.run(sql`
    INSERT INTO event_key (workspace_id, message_id, event_id, body_hash, accepted_at) VALUES (${workspace}, ${said}, ${event}, '', now())
    ON CONFLICT DO NOTHING`);
  return made > 0;
}
