import type { MessageId, WorkspaceId } from "@/core/ids";
import type { ChannelKind, Rendered } from "@/core/message/channel";
import { instant } from "@/platform/clock";
import { engine, peek, sql } from "@/platform/db";
import { burySends } from "../../events/bury";
import { suppress } from "../../members/suppression";
import { ARRIVED_AT, SETTLED, type Settled, TAKEN, tell, tellOutcomes } from "../tell";
import { countMessages, outcomesOf } from "../traffic";
import type { Account } from "./account";
import { settledAfter } from "./in-doubt";
import { barredAddress } from "./outcome";
import { putBackUncalled } from "./put-back";
import { uncount } from "./uncount";

const AT_ONCE = 20;

type Doubtful = {
  id: MessageId;
  address: string;
  provider: string | null;
  rendered: Rendered[ChannelKind] | null;
  claimedAt: Date;
  purpose: string;
  cost: number;
};

/** Claims that outlived their call (a worker died with it) become `unknown`; those that surely had none go back before. */
export async function settleClaims(
  workspace: WorkspaceId,
  channel: ChannelKind,
  accounts: readonly Account[],
): Promise<void> {
  // First, so that what stays claimed beyond that had a call.
  await putBackUncalled(workspace, channel);
  await engine((tx) =>
    tx.run(sql`
    UPDATE message SET state = 'unknown', reason = 'unknown', not_before = clock_timestamp()
    WHERE workspace_id = ${workspace} AND channel = ${channel} AND state = 'claimed' AND claimed_at < clock_timestamp() - ${settledAfter(accounts)}`),
  );
}

/**
 * What is unknown is asked of the records of the account that was to carry it, where it keeps any: found there it is accepted, surely absent it may
 * be sent again; without records it stays unknown. Never blindly repeated. An account whose records do not answer is asked no more in this round:
 * each question may last as long as a call. `goesOn`: asked before each, whether there is time for it.
 */
export async function askRecords(
  workspace: WorkspaceId,
  channel: ChannelKind,
  accounts: readonly Account[],
  goesOn: () => boolean = () => true,
): Promise<void> {
  if (accounts.every(({ find }) => !find)) return;
  const doubtful = await peek<Doubtful>(sql`
    SELECT m.id, m.address, m.provider, m.rendered, m.claimed_at AS "claimedAt", m.purpose, m.cost
    FROM message m
    WHERE m.workspace_id = ${workspace} AND m.channel = ${channel} AND m.state = 'unknown' AND m.claimed_at < clock_timestamp() - ${settledAfter(accounts)}
      AND m.not_before <= clock_timestamp() AND m.address IS NOT NULL
    ORDER BY m.claimed_at LIMIT ${AT_ONCE}`);
  const silent = new Set<Account>();
  for (const message of doubtful) {
    if (!goesOn()) return;
    const account = accounts.find(({ name }) => name === message.provider) ?? accounts[0];
    if (account && !silent.has(account) && !(await ask(workspace, channel, account, message))) silent.add(account);
  }
}

/** False: the records did not answer. What has no words to look for is nothing they could answer. */
async function ask(
  workspace: WorkspaceId,
  channel: ChannelKind,
  account: Account,
  { id, address, rendered, claimedAt, purpose, cost }: Doubtful,
): Promise<boolean> {
  // By message_member: its own member's, and those of members who share the phone, which may have had the same words.
  const others = await peek<{ ref: string }>(sql`
    SELECT ref FROM message WHERE workspace_id = ${workspace} AND channel = ${channel} AND address = ${address} AND ref IS NOT NULL AND id <> ${id}
      AND member_id IN (
        SELECT member_id FROM message WHERE workspace_id = ${workspace} AND id = ${id}
        UNION ALL SELECT id FROM member WHERE workspace_id = ${workspace} AND phone = ${address})`);
  const found =
    rendered === null
      ? ({ is: "unknown" } as const)
      : await account.find?.(id, {
          to: address,
          content: rendered,
          since: claimedAt,
          until: new Date(claimedAt.getTime() + account.timeoutMs),
          others: others.map((o) => o.ref),
        });
  await engine(async (tx) => {
    if (found?.is === "accepted") {
      const settled = await tx.rows<Settled>(sql`
        UPDATE message SET state = ${TAKEN}, ref = ${found.ref}, reason = NULL, accepted_at = clock_timestamp(), delivered_at = ${ARRIVED_AT}
        WHERE workspace_id = ${workspace} AND id = ${id} AND state = 'unknown' RETURNING ${SETTLED}`);
      await tellOutcomes(tx, workspace, settled, instant());
      countMessages(
        tx,
        workspace,
        settled.flatMap((one) => outcomesOf(one.state).map((outcome) => ({ ...one, outcome }))),
        instant(),
      );
    } else if (found?.is === "refused") {
      // Surely absent: it goes again, unless somebody sent it again meanwhile, and costs nothing until then.
      const isAbsent = found.reason === "never_arrived";
      // Who sends it again holds its row; a statement of its own, so that the next sees what that did.
      await tx.run(sql`SELECT 1 FROM message WHERE workspace_id = ${workspace} AND id = ${id} FOR NO KEY UPDATE`);
      const goes = sql`(${isAbsent} AND message.expires_at > clock_timestamp() AND NOT EXISTS (
        SELECT FROM message a WHERE a.again_of = message.id AND a.workspace_id = message.workspace_id))`;
      const row = await tx.one<Settled>(sql`
        UPDATE message SET state = CASE WHEN ${goes} THEN 'queued' ELSE 'failed' END, reason = ${found.reason},
          not_before = clock_timestamp(), claimed_at = CASE WHEN ${goes} THEN NULL ELSE claimed_at END,
          cost = CASE WHEN ${isAbsent} THEN 0 ELSE cost END
        WHERE workspace_id = ${workspace} AND id = ${id} AND state = 'unknown' RETURNING ${SETTLED}`);
      if (!row) return;
      if (row.state === "failed" && !found.suppress && !found.isPersonal)
        burySends(tx, workspace, [
          { ...row, cause: isAbsent ? "send_expired" : "send_undelivered", detail: found.reason },
        ]);
      await uncount(tx, workspace, [{ ...row, purpose, unspent: isAbsent ? cost : 0, claimedAt }]);
      await tellOutcomes(tx, workspace, [row], instant());
      if (!isAbsent)
        await tell(tx, workspace, "message_bounced", [{ ...row, more: { reason: found.reason } }], instant());
      if (found.suppress)
        await suppress(
          tx,
          workspace,
          [{ channel, address: barredAddress(channel, address), reason: found.reason }],
          instant(),
        );
      countMessages(
        tx,
        workspace,
        outcomesOf(row.state).map((outcome) => ({ ...row, outcome })),
        instant(),
      );
    } else {
      await tx.run(sql`
        UPDATE message SET not_before = clock_timestamp() + interval '5 minutes' WHERE workspace_id = ${workspace} AND id = ${id} AND state = 'unknown'`);
    }
  });
  return rendered === null || !account.find || found?.is !== "unknown";
}
