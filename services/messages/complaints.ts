import type { Arrival } from "@/core/events/arrival";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { lockGates } from "../members/lock-gates";

type Said = { member: MemberId; reference: string; isOpen: boolean; at: Date };

/**
 * Writes what events say of complaints at the door, under the members' gates, so that no backlog lets a promotion slip through. A complaint
 * without a number is one with the number "". Only a server's word closes one: a browser may complain, not settle.
 */
export async function recordComplaints(
  tx: Tx,
  arrivals: readonly Arrival[],
  acceptedAt: number,
  members: readonly MemberId[],
): Promise<void> {
  const per = new Map<WorkspaceId, Said[]>();
  for (const [i, { workspace, draft, isTrusted }] of arrivals.entries()) {
    const member = members[i];
    const isOpen = draft.name === "complaint_opened";
    if (!member || draft.isHistorical || !(isOpen || (draft.name === "complaint_closed" && isTrusted))) continue;
    const said = {
      member,
      reference: String(draft.properties.complaint_id ?? "").slice(0, 200),
      isOpen,
      at: new Date(acceptedAt),
    };
    per.set(workspace, [...(per.get(workspace) ?? []), said]);
  }
  for (const [workspace, set] of per) await save(tx, workspace, set);
}

/** In the order in which they were said; one that is closed opens again when it is opened again. */
async function save(tx: Tx, workspace: WorkspaceId, set: readonly Said[]): Promise<void> {
  await lockGates(
    tx,
    workspace,
    set.map(({ member }) => member),
  );
  for (const { member, reference, isOpen, at } of set)
    tx.push(
      isOpen
        ? sql`
      INSERT INTO complaint (workspace_id, member_id, reference, opened_at) VALUES (${workspace}, ${member}, ${reference}, ${at})
      ON CONFLICT (workspace_id, member_id, reference) DO UPDATE SET closed_at = NULL`
        : sql`
      UPDATE complaint SET closed_at = ${at}
      WHERE workspace_id = ${workspace} AND member_id = ${member} AND closed_at IS NULL AND (reference = ${reference} OR ${reference} = '')`,
    );
}
