import { segmentsConductor, type WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { ring } from "../rings/ring";

/**
 * Has all members decided anew in segments whose answer changed for everybody, from the first on: after the workspace's clocks were set otherwise.
 * Who comes in or leaves by it is told of, but not by a segment that is only being made.
 */
export async function rebuild(tx: Tx, workspace: WorkspaceId, segments: readonly string[]): Promise<void> {
  if (segments.length === 0) return;
  await tx.run(sql`
    UPDATE segment SET is_told = is_told OR state = 'live', state = 'building', position = NULL
    WHERE workspace_id = ${workspace} AND id = ANY(${[...segments].sort()}::uuid[]) AND state <> 'deleted'`);
  await ring(tx, workspace, [segmentsConductor(workspace)]);
}
