import type { MemberId, MessageId, WorkspaceId } from "@/core/ids";
import type { ChannelKind } from "@/core/message/channel";
import { engine, sql } from "@/platform/db";
import { refund } from "./gate/spending";
import { makeRoom } from "./make-room";

type PutBack = { member: MemberId; purpose: string; journey: string | null; cost: number; at: Date };

/**
 * Puts back what this claimer holds and never began: a claim whose COMMIT was carried out and its answer lost, or whose words could not be kept.
 * `begun`: the calls it did begin. Ask only while no claim of its is under way. Returns how many there were. Uses message_claimed.
 */
export async function putBack(
  workspace: WorkspaceId,
  channel: ChannelKind,
  claimer: string,
  begun: readonly MessageId[],
  zone: string,
): Promise<number> {
  return engine(async (tx) => {
    const rows = await tx.rows<PutBack>(sql`
      UPDATE message SET state = 'queued', reason = NULL, attempts = message.attempts - 1, cost = 0, claimed_by = NULL, claimed_at = NULL
      FROM (
        SELECT id, cost, claimed_at FROM message
        WHERE workspace_id = ${workspace} AND channel = ${channel} AND state IN ('claimed', 'unknown') AND claimed_by = ${claimer}
          AND claimed_at > clock_timestamp() - interval '1 hour' AND id <> ALL(${begun}::uuid[]) FOR UPDATE) AS held
      WHERE message.workspace_id = ${workspace} AND message.id = held.id
      RETURNING message.member_id AS member, message.purpose, message.journey_id AS journey, held.cost, held.claimed_at AS at`);
    if (rows.length === 0) return 0;
    refund(tx, workspace, rows, zone);
    await makeRoom(
      tx,
      workspace,
      rows.flatMap(({ purpose, member }) => (purpose === "marketing" ? [member] : [])),
    );
    return rows.length;
  });
}
