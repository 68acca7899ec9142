import type { WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/** Tells open screens that something changed; they read it again through a use case. Equal topics of one transaction coalesce in Postgres. */
export async function announce(tx: Tx, workspace: WorkspaceId, topic: string): Promise<void> {
  await tx.run(sql`SELECT pg_notify('topic', ${`${workspace} ${topic}`})`);
}
