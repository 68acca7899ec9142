import type { MemberId, MessageId, PlanId, StepId, WorkspaceId } from "@/core/ids";
import type { LoadedMember } from "@/core/members/loaded-member";
import type { ChannelKind, Purpose } from "@/core/message/channel";
import type { Refusal } from "@/core/refusals";
import type { EventFacts, RunVars } from "@/core/rules/facts";
import { engine, type Sql, sql, type Tx } from "@/platform/db";
import { loadMembers } from "../members/load";
import { lockGates } from "./lock-gates";
import { tellOutcomes } from "./tell";

/** A message that passed the gate and is this claimer's to hand over, once. */
export type Claimed = Waiting & { address: string; claimedAt: Date; member: LoadedMember };
type Waiting = {
  id: MessageId;
  memberId: MemberId;
  purpose: Purpose;
  attempts: number;
  expiresAt: Date;
  plan: PlanId | null;
  step: StepId | null;
  effect: number | null;
  content: Record<string, unknown> | null;
  variables: RunVars;
  entry: EventFacts | null;
  journey: string | null;
};

/** Messages of a paused journey stay where they are. */
const waiting = (workspace: WorkspaceId, channel: ChannelKind): Sql => sql`
  m.workspace_id = ${workspace} AND m.channel = ${channel} AND m.state = 'queued' AND m.not_before <= clock_timestamp()
  AND (m.journey_id IS NULL OR EXISTS (SELECT FROM journey j WHERE j.workspace_id = m.workspace_id AND j.id = m.journey_id AND j.state = 'live'))`;

/**
 * Claims up to `limit` messages under the gate, in one transaction: their members' gates are locked, then consent, suppression and address
 * are read, so a withdrawal committed before is obeyed and one that comes later finds nothing unclaimed. What may not leave is skipped with
 * its reason. `took` counts both. Uses message_queue.
 */
export async function claim(
  workspace: WorkspaceId,
  channel: ChannelKind,
  limit: number,
  claimer: string,
): Promise<{ took: number; claimed: Claimed[] }> {
  return engine(async (tx) => {
    const rows = await tx.rows<Waiting & { now: Date }>(sql`
      SELECT m.id, m.member_id AS "memberId", m.purpose, m.attempts, m.expires_at AS "expiresAt", m.plan_id AS plan, m.step, m.effect, m.content, m.variables,
        m.journey_id AS journey, (SELECT r.entry_event FROM run r WHERE r.workspace_id = m.workspace_id AND r.id = m.run_id) AS entry, clock_timestamp() AS now
      FROM message m WHERE ${waiting(workspace, channel)}
      ORDER BY m.priority DESC, m.id LIMIT ${limit} FOR NO KEY UPDATE OF m SKIP LOCKED`);
    const now = rows[0]?.now;
    if (!now) return { took: 0, claimed: [] };
    const ids = [...new Set(rows.map((row) => row.memberId))];
    await lockGates(tx, workspace, ids);
    const members = await loadMembers(tx, workspace, ids);
    const gate = await readGate(tx, workspace, channel, ids);
    const decided = rows.map((row) => ({ row, ...judge(row, members.get(row.memberId), gate, channel, now) }));
    await tx.run(sql`
      UPDATE message SET state = d.state, reason = d.reason, address = d.address, attempts = message.attempts + 1,
        claimed_at = ${now}, claimed_by = CASE WHEN d.state = 'claimed' THEN ${claimer} END
      FROM unnest(${decided.map((d) => d.row.id)}::uuid[], ${decided.map((d) => (d.reason === null ? "claimed" : "skipped"))}::text[],
        ${decided.map((d) => d.reason)}::text[], ${decided.map((d) => d.address)}::text[]) AS d(id, state, reason, address)
      WHERE message.workspace_id = ${workspace} AND message.id = d.id`);
    await tellOutcomes(
      tx,
      workspace,
      decided.flatMap(({ row, reason }) =>
        reason === null
          ? []
          : [{ id: row.id, member: row.memberId, channel, journey: row.journey, state: "skipped", reason }],
      ),
      now,
    );
    return {
      took: rows.length,
      claimed: decided.flatMap(({ row, reason, address }) => {
        const member = members.get(row.memberId);
        return reason === null && address !== null && member
          ? [{ ...row, attempts: row.attempts + 1, member, address, claimedAt: now }]
          : [];
      }),
    };
  });
}

type Gate = { consented: Map<MemberId, boolean>; suppressed: Set<string>; subscriptions: Map<MemberId, string> };

async function readGate(
  tx: Tx,
  workspace: WorkspaceId,
  channel: ChannelKind,
  members: readonly MemberId[],
): Promise<Gate> {
  const consents = await tx.rows<{ member: MemberId; isGranted: boolean }>(sql`
    SELECT member_id AS member, is_granted AS "isGranted" FROM consent
    WHERE workspace_id = ${workspace} AND member_id = ANY(${members}::uuid[]) AND channel = ${channel} AND purpose = 'marketing'`);
  const suppressed = await tx.rows<{ address: string }>(sql`
    SELECT s.address FROM suppression s WHERE s.workspace_id = ${workspace} AND s.channel = ${channel} AND s.address IN (
      SELECT CASE ${channel} WHEN 'sms' THEN phone ELSE email END FROM member WHERE workspace_id = ${workspace} AND id = ANY(${members}::uuid[])
      UNION ALL SELECT CASE kind WHEN 'push' THEN value::jsonb ->> 'endpoint' ELSE value END FROM identity
      WHERE workspace_id = ${workspace} AND kind = ${channel} AND member_id = ANY(${members}::uuid[]))`);
  const subscriptions =
    channel !== "push"
      ? []
      : await tx.rows<{ member: MemberId; address: string }>(sql`
    SELECT DISTINCT ON (member_id) member_id AS member, value AS address FROM identity
    WHERE workspace_id = ${workspace} AND kind = 'push' AND member_id = ANY(${members}::uuid[]) ORDER BY member_id, created_at DESC`);
  return {
    consented: new Map(consents.map((c) => [c.member, c.isGranted])),
    suppressed: new Set(suppressed.map((s) => s.address)),
    subscriptions: new Map(subscriptions.map((s) => [s.member, s.address])),
  };
}

/** The gate: what holds a message back, or where it goes. Service messages need no consent; nothing goes to a suppressed address. */
function judge(
  row: Waiting,
  member: LoadedMember | undefined,
  gate: Gate,
  channel: ChannelKind,
  now: Date,
): { reason: Refusal | null; address: string | null } {
  const address =
    (channel === "sms" ? member?.phone : channel === "email" ? member?.email : gate.subscriptions.get(row.memberId)) ??
    null;
  const mark = channel === "push" && address !== null ? endpointOf(address) : address;
  if (row.expiresAt <= now) return { reason: "expired", address };
  if (address === null || mark === null) return { reason: "no_address", address };
  if (row.purpose === "marketing" && gate.consented.get(row.memberId) !== true)
    return { reason: "no_consent", address };
  if (gate.suppressed.has(mark)) return { reason: "suppressed", address };
  return { reason: null, address };
}

function endpointOf(subscription: string): string | null {
  const { endpoint }: { endpoint?: unknown } = JSON.parse(subscription);
  return typeof endpoint === "string" ? endpoint : null;
}

/** The claim's own predicate. */
export async function hasQueued(tx: Tx, workspace: WorkspaceId, channel: ChannelKind): Promise<boolean> {
  return undefined !== (await tx.one(sql`SELECT 1 FROM message m WHERE ${waiting(workspace, channel)} LIMIT 1`));
}

/** When the sender must look again: a message held until later, or a claim that may have to be called unknown. */
export const nextLook = (workspace: WorkspaceId, channel: ChannelKind, canAsk: boolean): Sql => sql`
  SELECT greatest(min(at), clock_timestamp() + interval '250 milliseconds') FROM (
    SELECT min(m.not_before) AS at FROM message m
    LEFT JOIN journey j ON j.workspace_id = m.workspace_id AND j.id = m.journey_id
    WHERE m.workspace_id = ${workspace} AND m.channel = ${channel} AND m.state = 'queued' AND (m.journey_id IS NULL OR j.state = 'live')
    UNION ALL
    SELECT min(m.claimed_at) + interval '80 seconds' FROM message m
    WHERE m.workspace_id = ${workspace} AND m.channel = ${channel} AND m.state = 'claimed'
    UNION ALL
    SELECT min(greatest(m.not_before, m.claimed_at + interval '80 seconds')) FROM message m
    WHERE ${canAsk} AND m.workspace_id = ${workspace} AND m.channel = ${channel} AND m.state = 'unknown') AS look`;
