import type { WorkspaceId } from "@/core/ids";
import type { ChannelKind } from "@/core/message/channel";
import { type Sql, sql, type Tx } from "@/platform/db";
import type { Account } from "../pumping/account";
import { NEVER_BEGINS, settledAfter } from "../pumping/in-doubt";

const RELEASED_AT_ONCE = 500;
export const RESUMED_AT_ONCE = 5000;

/** Whether a workspace's sends run: nobody pulled the switch. `w` is the workspace's row. */
export const IS_RUNNING = sql`NOT COALESCE((w.settings #>> '{sending,isStopped}')::boolean, false)`;

/** Lets held messages whose instant has come back into the queue, a bounded share. Uses message_held. */
export const releaseDue = (workspace: WorkspaceId, channel: ChannelKind): Sql => sql`
  UPDATE message SET is_held = false FROM (
    SELECT id FROM message WHERE workspace_id = ${workspace} AND channel = ${channel} AND state = 'queued' AND is_held
      AND not_before <= (SELECT clock_timestamp())
    ORDER BY not_before LIMIT ${RELEASED_AT_ONCE} FOR NO KEY UPDATE SKIP LOCKED) AS due
  WHERE message.workspace_id = ${workspace} AND message.id = due.id`;

/**
 * Lets messages go that were held because their journey was paused, and it is no more: at once, though the column rounds to milliseconds.
 * Uses message_held, one look per journey.
 */
export const releaseResumed = (workspace: WorkspaceId, channel: ChannelKind): Sql => sql`
  UPDATE message SET not_before = clock_timestamp() - interval '1 millisecond' FROM (
    SELECT m.id FROM journey j CROSS JOIN LATERAL (
      SELECT id FROM message WHERE workspace_id = j.workspace_id AND channel = ${channel} AND state = 'queued' AND is_held
        AND not_before = 'infinity' AND journey_id = j.id LIMIT ${RESUMED_AT_ONCE}) m
    WHERE j.workspace_id = ${workspace} AND j.state <> 'paused') AS resumed
  WHERE message.workspace_id = ${workspace} AND message.id = resumed.id AND message.state = 'queued' AND message.is_held`;

/** Some provider of these may be called. */
const someStands = (providers: readonly string[]): Sql => sql`
  EXISTS (SELECT FROM unnest(${providers}::text[]) AS p(name) LEFT JOIN provider_circuit c ON c.provider = p.name
    WHERE c.open_until IS NULL OR c.open_until <= clock_timestamp())`;

/** Whether a claim would find something now: the claim's own predicate. */
export async function hasQueued(
  tx: Tx,
  workspace: WorkspaceId,
  channel: ChannelKind,
  providers: readonly string[],
): Promise<boolean> {
  const of = sql`m.workspace_id = w.id AND m.channel = ${channel} AND m.state = 'queued'`;
  return (
    undefined !==
    (await tx.one(sql`
      SELECT FROM workspace w WHERE w.id = ${workspace} AND ${IS_RUNNING} AND ${someStands(providers)} AND (
        EXISTS (SELECT FROM message m WHERE ${of} AND NOT m.is_held)
        OR EXISTS (SELECT FROM message m WHERE ${of} AND m.is_held AND m.not_before <= (SELECT clock_timestamp())))`))
  );
}

/** When the sender must look again: a message held until later, a circuit that may be tried, or a claim that may have to be put back or called unknown. */
export const nextLook = (
  workspace: WorkspaceId,
  channel: ChannelKind,
  accounts: readonly Pick<Account, "name" | "timeoutMs" | "find">[],
): Sql => {
  const providers = accounts.map(({ name }) => name);
  const canAsk = accounts.some(({ find }) => find !== undefined);
  const settled = settledAfter(accounts);
  return sql`
  SELECT greatest(min(at), clock_timestamp() + interval '250 milliseconds') FROM (
    SELECT min(m.not_before) AS at FROM message m JOIN workspace w ON w.id = m.workspace_id
    WHERE m.workspace_id = ${workspace} AND m.channel = ${channel} AND m.state = 'queued' AND m.is_held AND m.not_before < 'infinity' AND ${IS_RUNNING}
    UNION ALL
    SELECT min(c.open_until) FROM provider_circuit c
    WHERE c.provider = ANY(${providers}::text[]) AND c.open_until > clock_timestamp()
      AND EXISTS (SELECT FROM message m WHERE m.workspace_id = ${workspace} AND m.channel = ${channel} AND m.state = 'queued' AND NOT m.is_held)
    UNION ALL
    SELECT min(m.claimed_at + CASE WHEN m.called_at IS NULL THEN ${NEVER_BEGINS} ELSE ${settled} END) FROM message m
    WHERE m.workspace_id = ${workspace} AND m.channel = ${channel} AND m.state = 'claimed'
    UNION ALL
    SELECT min(greatest(m.not_before, m.claimed_at + ${settled})) FROM message m
    WHERE ${canAsk} AND m.workspace_id = ${workspace} AND m.channel = ${channel} AND m.state = 'unknown') AS look
  HAVING min(at) IS NOT NULL`;
};

/** Senders (rows `c` of conductor) that sleep over work: queued and due for two seconds, or held for a journey that goes on again. */
export const forgottenSender: Sql = sql`
  EXISTS (SELECT FROM workspace w WHERE w.id = c.workspace_id AND ${IS_RUNNING}) AND (
    EXISTS (SELECT FROM message m WHERE m.workspace_id = c.workspace_id AND m.channel = c.subject AND m.state = 'queued' AND NOT m.is_held
      AND m.not_before < clock_timestamp() - interval '2 seconds')
    OR EXISTS (SELECT FROM journey j WHERE j.workspace_id = c.workspace_id AND j.state <> 'paused' AND EXISTS (
      SELECT FROM message m WHERE m.workspace_id = j.workspace_id AND m.channel = c.subject AND m.state = 'queued' AND m.is_held
        AND m.not_before = 'infinity' AND m.journey_id = j.id)))`;
