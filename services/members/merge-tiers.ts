import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { writeTiers } from "./tier";

/** What a member is who was never given a tier. */
const NONE = "basic";

type Standing = { id: MemberId; tier: string; open: string | null; previous: string | null; until: Date | null };

/**
 * The survivor's own tier stands; one who has none gets the merged one's, with its end (decision 070: tiers have no order of their own). What was
 * set for either is the survivor's history. Both members are locked.
 */
export async function mergeTiers(
  tx: Tx,
  workspace: WorkspaceId,
  from: MemberId,
  into: MemberId,
  source: string,
  now: Date,
): Promise<void> {
  const standing = await tx.rows<Standing>(sql`
    SELECT m.id, m.tier, c.id AS open, c.previous, c.until FROM member m
    LEFT JOIN tier_change c ON c.workspace_id = m.workspace_id AND c.member_id = m.id AND c.until IS NOT NULL AND c.ended_at IS NULL
    WHERE m.workspace_id = ${workspace} AND m.id IN (${from}, ${into})`);
  const gone = standing.find(({ id }) => id === from);
  const own = standing.find(({ id }) => id === into);
  if (!gone || !own) return;
  tx.push(sql`UPDATE tier_change SET member_id = ${into} WHERE workspace_id = ${workspace} AND member_id = ${from}`);
  const takes = own.tier === NONE && own.open === null && gone.tier !== NONE;
  if (!takes) {
    // One end is waited for at a time: what comes back after the survivor's own is what the other had for good.
    const forGood = gone.previous ?? gone.tier;
    if (gone.open) tx.push(endOf(workspace, gone.open, now));
    if (own.open && own.previous === NONE && forGood !== NONE)
      tx.push(sql`UPDATE tier_change SET previous = ${forGood} WHERE workspace_id = ${workspace} AND id = ${own.open}`);
    return;
  }
  if (!gone.open)
    tx.push(sql`
      INSERT INTO tier_change (workspace_id, id, member_id, tier, previous, reason, source, at)
      VALUES (${workspace}, ${newId()}, ${into}, ${gone.tier}, ${own.tier}, 'merged', ${source}, ${now})`);
  await writeTiers(
    tx,
    workspace,
    [{ member: into, was: own.tier, tier: gone.tier, reason: "merged", until: gone.until, isInherited: true }],
    now,
  );
}

const endOf = (workspace: WorkspaceId, change: string, now: Date) =>
  sql`UPDATE tier_change SET ended_at = ${now} WHERE workspace_id = ${workspace} AND id = ${change}`;
