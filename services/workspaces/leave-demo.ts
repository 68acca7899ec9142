import type { WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/** Makes a demo an ordinary workspace under an address of its own, so that another demo may have the demo's. False when it is no demo. */
export async function leaveDemo(tx: Tx, workspace: WorkspaceId): Promise<boolean> {
  const left = await tx.run(sql`
    UPDATE workspace SET is_demo = false, settings = settings - 'demo', slug = slug || '-' || right(id::text, 6)
    WHERE id = ${workspace} AND is_demo`);
  return left > 0;
}
