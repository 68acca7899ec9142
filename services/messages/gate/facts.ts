import type { MemberId, MessageId, WorkspaceId } from "@/core/ids";
import type { ChannelKind } from "@/core/message/channel";
import type { MessagingSettings } from "@/core/message/settings";
import { type Capped, type Counted, capDays } from "@/core/policy/caps";
import { sql, type Tx } from "@/platform/db";

/** What the gate reads of one member, under the member's lock. */
export type MemberGate = {
  /** A phone, an email address, a push subscription's JSON. */
  address: string | null;
  isSuppressed: boolean;
  marketing: boolean | null;
  service: boolean | null;
  /** Epoch milliseconds at which its complaints closed; null = still open. */
  complaints: (number | null)[];
};
export type Rival = Capped & { priority: number };
export type Facts = {
  gates: Map<MemberId, MemberGate>;
  counted: Map<MemberId, Counted[]>;
  rivals: Map<MemberId, Rival[]>;
  sensitive: Set<string>;
};
type Asked = { ids: readonly MessageId[]; members: readonly MemberId[]; leastPriority: number };

/** Older ones that still wait are not worth a look at every claim: priority among those is a matter of the queue's order. */
const RIVALS_DAYS = 3;

/** Everything the gate decides by, in one round trip. */
export async function readFacts(
  tx: Tx,
  workspace: WorkspaceId,
  channel: ChannelKind,
  asked: Asked,
  settings: MessagingSettings,
): Promise<Facts> {
  const days = capDays(settings);
  const [gates, counted, rivals, sensitive] = await Promise.all([
    readGates(tx, workspace, channel, asked.members),
    days === 0 ? [] : readCounted(tx, workspace, asked.members, days),
    days === 0 ? [] : readRivals(tx, workspace, asked),
    tx.rows<{ name: string }>(sql`SELECT name FROM tag WHERE workspace_id = ${workspace} AND is_sensitive`),
  ]);
  return {
    gates: new Map(gates.map(({ member, ...gate }) => [member, gate])),
    counted: perMember(counted),
    rivals: perMember(rivals),
    sensitive: new Set(sensitive.map(({ name }) => name)),
  };
}

/** Address, bars, consents and complaints of members, for one channel. */
export function readGates(
  tx: Tx,
  workspace: WorkspaceId,
  channel: ChannelKind,
  members: readonly MemberId[],
): Promise<(MemberGate & { member: MemberId })[]> {
  const consent = (purpose: string) => sql`
    (SELECT c.is_granted FROM consent c WHERE c.workspace_id = m.workspace_id AND c.member_id = m.id AND c.channel = ${channel} AND c.purpose = ${purpose})`;
  const address =
    channel === "push"
      ? sql`
    (SELECT i.value FROM identity i WHERE i.workspace_id = m.workspace_id AND i.member_id = m.id AND i.kind = 'push' ORDER BY i.created_at DESC, i.value LIMIT 1)`
      : channel === "sms"
        ? sql`m.phone`
        : sql`m.email`;
  // A push subscription is barred by its endpoint; keys may change.
  const mark = channel === "push" ? sql`a.address::jsonb ->> 'endpoint'` : sql`a.address`;
  return tx.rows(sql`
    SELECT m.id AS member, a.address, ${consent("marketing")} AS marketing, ${consent("service")} AS service,
      EXISTS (SELECT FROM suppression s WHERE s.workspace_id = m.workspace_id AND s.channel = ${channel} AND s.address = ${mark}) AS "isSuppressed",
      ARRAY(SELECT (extract(epoch FROM c.closed_at) * 1000)::float8 FROM complaint c WHERE c.workspace_id = m.workspace_id AND c.member_id = m.id) AS complaints
    FROM member m CROSS JOIN LATERAL (SELECT ${address} AS address) a
    WHERE m.workspace_id = ${workspace} AND m.id = ANY(${members}::uuid[])`);
}

/** Uses message_counted. */
const readCounted = (
  tx: Tx,
  workspace: WorkspaceId,
  members: readonly MemberId[],
  days: number,
): Promise<(Counted & { member: MemberId })[]> =>
  tx.rows(sql`
    SELECT member_id AS member, channel, category, (extract(epoch FROM claimed_at) * 1000)::float8 AS at FROM message
    WHERE workspace_id = ${workspace} AND member_id = ANY(${members}::uuid[]) AND purpose = 'marketing'
      AND state IN ('claimed', 'accepted', 'delivered', 'unknown') AND claimed_at > clock_timestamp() - ${days} * interval '24 hours'`);

/** What else of these members may leave now and has a higher priority: it gets the place under a cap, whichever sender comes first. Uses message_member. */
const readRivals = (
  tx: Tx,
  workspace: WorkspaceId,
  { ids, members, leastPriority }: Asked,
): Promise<(Rival & { member: MemberId })[]> =>
  tx.rows(sql`
    SELECT m.member_id AS member, m.channel, m.category, m.priority FROM message m
    WHERE m.member_id = ANY(${members}::uuid[]) AND m.workspace_id = ${workspace} AND m.queued_at > clock_timestamp() - ${RIVALS_DAYS} * interval '1 day'
      AND m.state = 'queued' AND m.purpose = 'marketing' AND m.priority > ${leastPriority} AND m.id <> ALL(${ids}::uuid[])
      AND m.not_before <= clock_timestamp() AND m.expires_at > clock_timestamp()
      AND (m.journey_id IS NULL OR EXISTS (SELECT FROM journey j WHERE j.workspace_id = m.workspace_id AND j.id = m.journey_id AND j.state = 'live'))`);

function perMember<T extends { member: MemberId }>(rows: readonly T[]): Map<MemberId, T[]> {
  const all = new Map<MemberId, T[]>();
  for (const row of rows) {
    const own = all.get(row.member);
    if (own) own.push(row);
    else all.set(row.member, [row]);
  }
  return all;
}
