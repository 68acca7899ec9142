import { type MemberId, senderConductor, type WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { ring } from "../../rings/ring";

/** Lets the members' messages that wait for room under a cap ask again, and wakes their senders. Uses message_member. */
export async function makeRoom(tx: Tx, workspace: WorkspaceId, members: readonly MemberId[]): Promise<void> {
  if (members.length === 0) return;
  const waiting = await tx.rows<{ channel: string }>(sql`
    UPDATE message SET not_before = clock_timestamp()
    WHERE member_id = ANY(${[...new Set(members)]}::uuid[]) AND workspace_id = ${workspace} AND state = 'queued' AND is_held AND reason = 'frequency_cap'
    RETURNING channel`);
  await ring(
    tx,
    workspace,
    [...new Set(waiting.map(({ channel }) => channel))].map((channel) => senderConductor(workspace, channel)),
  );
}
