import { type MemberId, senderConductor, type WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { ring } from "../../rings/ring";
import { refund } from "../gate/spending";

/** A message that was claimed or sent, and is no more. */
export type Uncounted = {
  member: MemberId;
  purpose: string;
  journey: string | null;
  /** Minor units that it was to cost; 0 for one that left: that is paid for, though it did not arrive. */
  unspent: number;
  claimedAt: Date;
};

/**
 * For whatever turns from claimed, accepted, delivered or unknown to queued or failed: it counts no longer under its member's caps, so those that
 * wait for room there ask again, and what it certainly did not cost is given back. The caller has written the messages' own rows. Other messages are
 * locked before budgets, as a claim does.
 */
export async function uncount(tx: Tx, workspace: WorkspaceId, messages: readonly Uncounted[]): Promise<void> {
  await makeRoom(
    tx,
    workspace,
    // Only promotions count.
    messages.flatMap(({ purpose, member }) => (purpose === "marketing" ? [member] : [])),
  );
  const unspent = messages.flatMap(({ journey, unspent: cost, claimedAt: at }) =>
    cost > 0 ? [{ journey, cost, at }] : [],
  );
  if (unspent.length === 0) return;
  const row = await tx.one<{ zone: string }>(sql`SELECT time_zone AS zone FROM workspace WHERE id = ${workspace}`);
  if (row) refund(tx, workspace, unspent, row.zone);
}

/** Lets the members' messages that wait for room under a cap ask again, and wakes their senders. Uses message_member. */
async function makeRoom(tx: Tx, workspace: WorkspaceId, members: readonly MemberId[]): Promise<void> {
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
