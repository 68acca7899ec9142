import type { JourneyId, WorkspaceId } from "@/core/ids";
import type { JourneyDocument } from "@/core/journey/document";
import { rootOf } from "@/core/journey/rooted";
import { sql, type Tx } from "@/platform/db";

/** A node of the published drawing by the id its steps go under; an id that it does not have stays as it is, and is refused later. */
export async function rootOfNode(tx: Tx, workspace: WorkspaceId, journey: JourneyId, node: string): Promise<string> {
  const row = await tx.one<{ document: JourneyDocument }>(sql`
    SELECT p.document FROM journey j JOIN plan p ON p.workspace_id = j.workspace_id AND p.id = j.plan_id
    WHERE j.workspace_id = ${workspace} AND j.id = ${journey}`);
  const found = row?.document.nodes.find(({ id }) => id === node);
  return found ? rootOf(found) : node;
}
