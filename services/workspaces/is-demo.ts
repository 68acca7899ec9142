import type { WorkspaceId } from "@/core/ids";
import { peek, sql } from "@/platform/db";

/** Whether a workspace is a demo. One that is none never becomes one; a demo ceases to be one when it is removed. */
export async function isDemo(workspace: WorkspaceId): Promise<boolean> {
  const [row] = await peek<{ isDemo: boolean }>(sql`SELECT is_demo AS "isDemo" FROM workspace WHERE id = ${workspace}`);
  return row?.isDemo ?? false;
}
