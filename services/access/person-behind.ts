import type { WorkspaceId } from "@/core/ids";
import { isUuid } from "@/core/uuid";
import { sql, type Tx } from "@/platform/db";

/** Whose hand an actor's signature is: a person's own, or theirs who made the key; null where nobody is known. */
export async function personBehind(tx: Tx, workspace: WorkspaceId, signed: string): Promise<string | null> {
  if (!signed.startsWith("key:")) return signed.startsWith("user:") ? signed : null;
  const key = signed.slice("key:".length);
  const made = isUuid(key)
    ? await tx.one<{ by: string | null }>(
        sql`SELECT made_by AS by FROM api_key WHERE workspace_id = ${workspace} AND id = ${key}`,
      )
    : undefined;
  return made?.by ?? null;
}
