import type { WorkspaceId } from "@/core/ids";
import type { PointsPolicy } from "@/core/loyalty/points-policy";
import { LoyaltySettings } from "@/core/loyalty/settings";
import { sql, type Tx } from "@/platform/db";

/** The workspace's zone and what its settings say about the expiry of points. */
export async function pointsPolicy(tx: Tx, workspace: WorkspaceId): Promise<{ policy: PointsPolicy; zone: string }> {
  const row = await tx.one<{ loyalty: unknown; time_zone: string }>(
    sql`SELECT settings -> 'loyalty' AS loyalty, time_zone FROM workspace WHERE id = ${workspace}`,
  );
  if (!row) throw new Error("no such workspace");
  return { policy: LoyaltySettings.parse(row.loyalty ?? {}).points, zone: row.time_zone };
}
