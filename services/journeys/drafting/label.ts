import type { JourneyId, WorkspaceId } from "@/core/ids";
import type { Label } from "@/core/plan/conductor";
import { peek, sql } from "@/platform/db";

/** How a journey shows in Temporal's UI. */
export async function journeyLabel(workspace: WorkspaceId, journey: JourneyId): Promise<Label> {
  const [row] = await peek<{ name: string; version: number; state: string }>(sql`
    SELECT name, COALESCE(version, 0) AS version, state FROM journey WHERE workspace_id = ${workspace} AND id = ${journey}`);
  return row ?? null;
}
