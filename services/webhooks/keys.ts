import type { WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { FIRST_KEYS, type SigningKeys } from "./sign";

/** The keys that sign a workspace's webhooks now. */
export async function signingKeys(tx: Tx, workspace: WorkspaceId): Promise<SigningKeys> {
  const row = await tx.one<SigningKeys>(sql`
    SELECT generation, rotated_at AS "rotatedAt", old_until AS "oldUntil" FROM webhook_key WHERE workspace_id = ${workspace}`);
  return row ?? FIRST_KEYS;
}
