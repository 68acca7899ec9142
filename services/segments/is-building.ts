import type { WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/** Whether it is still being found out who is in a segment: whoever asks for all its members waits until it is known. */
export const isBuilding = async (tx: Tx, workspace: WorkspaceId, segment: string | undefined): Promise<boolean> =>
  segment !== undefined &&
  segment !== "" &&
  undefined !==
    (await tx.one(sql`
      SELECT 1 FROM segment WHERE workspace_id = ${workspace} AND id = ${segment} AND state = 'building'`));
