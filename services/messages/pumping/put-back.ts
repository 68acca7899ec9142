import type { MessageId, WorkspaceId } from "@/core/ids";
import type { ChannelKind } from "@/core/message/channel";
import { engine, type Sql, sql } from "@/platform/db";
import { NEVER_BEGINS } from "./in-doubt";
import { type Uncounted, uncount } from "./uncount";

/**
 * Puts back what this claimer holds and never began: a claim whose COMMIT was carried out and its answer lost, or whose words could not be kept.
 * `begun`: the calls it did begin. Ask only while no claim of its is under way. Returns how many there were.
 */
export const putBackOwn = (
  workspace: WorkspaceId,
  channel: ChannelKind,
  claimer: string,
  begun: readonly MessageId[],
): Promise<number> =>
  putBack(
    workspace,
    channel,
    sql`state IN ('claimed', 'unknown') AND claimed_at > clock_timestamp() - interval '1 hour' AND claimed_by = ${claimer} AND id <> ALL(${begun}::uuid[])`,
  );

/**
 * Puts back what anybody claimed and died with before its call was noted, however long ago. A claimer that only slept finds it taken from it
 * when it comes to note the call (`beginCalls` looks at the same row).
 */
export const putBackUncalled = (workspace: WorkspaceId, channel: ChannelKind): Promise<number> =>
  putBack(
    workspace,
    channel,
    sql`state = 'claimed' AND called_at IS NULL AND claimed_at < clock_timestamp() - ${NEVER_BEGINS}`,
  );

/** `which`: of a channel's claims. Uses message_claimed. */
async function putBack(workspace: WorkspaceId, channel: ChannelKind, which: Sql): Promise<number> {
  return engine(async (tx) => {
    const rows = await tx.rows<Uncounted>(sql`
      UPDATE message SET state = 'queued', reason = NULL, attempts = message.attempts - 1, cost = 0, claimed_by = NULL, claimed_at = NULL
      FROM (
        SELECT id, cost, claimed_at FROM message
        WHERE workspace_id = ${workspace} AND channel = ${channel} AND ${which} FOR UPDATE) AS held
      WHERE message.workspace_id = ${workspace} AND message.id = held.id
      RETURNING message.member_id AS member, message.purpose, message.journey_id AS journey, held.cost AS unspent, held.claimed_at AS "claimedAt"`);
    await uncount(tx, workspace, rows);
    return rows.length;
  });
}
