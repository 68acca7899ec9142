import { z } from "zod";
import type { InboxEvent } from "@/core/events/inbox-event";
import { laneOf, type MemberId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import { MEMBER_MERGED } from "@/core/plan/control";
import { ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { type Actor, signature } from "../access/actor";
import { record } from "../access/record";
import { useCase } from "../access/use-case";
import { lockLanes } from "../events/lock-lanes";
import { moveEvents } from "../events/move";
import { requeue } from "../events/requeue";
import { wakingLanes } from "../events/wake-lanes";
import { lockMembers } from "../members/lock";
import { mergeMessages } from "../messages/merge";
import { mergeCoupons } from "../offers/merge";
import { mergePoints } from "../points/merge";
import { mergeSegments } from "../segments/reconsider";
import { mergeTasks } from "../tasks/merge";
import { mergeCalls } from "../webhooks/merge";
import { mergeOrders } from "./merge-orders";
import { mergeTiers } from "./merge-tiers";

export type MergePair = { from: MemberId; into: MemberId };

/**
 * Joins two members that proved to be one person: what was the one's is the survivor's (`prisma/merging.ts`, table by table), sums are kept, and
 * the audit tells it. Runs and inbox rows are moved by the survivor's next dispatch turn. Merging twice changes nothing.
 */
export async function mergeMembers(
  tx: Tx,
  actor: Actor,
  { from, into }: MergePair,
  now: Date,
  auditId: string,
): Promise<boolean> {
  const { workspace } = actor;
  if (from === into) return false;
  // Both lanes before the members, so that no turn is in the middle of the merged one's events.
  await lockLanes(tx, [laneOf(workspace, from), laneOf(workspace, into)]);
  await lockMembers(tx, workspace, [from, into]);
  const merged = await tx.run(sql`
    UPDATE member SET merged_into = ${into}, updated_at = ${now}
    WHERE workspace_id = ${workspace} AND id = ${from} AND merged_into IS NULL
      AND EXISTS (SELECT FROM member s WHERE s.workspace_id = ${workspace} AND s.id = ${into} AND s.merged_into IS NULL)`);
  if (merged === 0) return false;
  // Whoever was merged into the merged one now leads to the survivor in one step.
  await tx.run(
    sql`UPDATE member SET merged_into = ${into} WHERE workspace_id = ${workspace} AND merged_into = ${from}`,
  );
  await tx.run(sql`UPDATE identity SET member_id = ${into} WHERE workspace_id = ${workspace} AND member_id = ${from}`);
  await joinRows(tx, actor, { from, into });
  await joinFacts(tx, actor, { from, into });
  await mergeOrders(tx, workspace, from, into);
  await mergeTiers(tx, workspace, from, into, signature(actor), now);
  await moveEvents(tx, workspace, from, into);
  await mergeCoupons(tx, workspace, from, into);
  await mergePoints(tx, workspace, from, into, now);
  mergeSegments(tx, workspace, from, into, now);
  await mergeMessages(tx, workspace, from, into);
  mergeTasks(tx, workspace, from, into);
  mergeCalls(tx, workspace, from, into);
  await record(tx, actor, "member.merged", { from, into }, now, auditId, into);
  return true;
}

/** What projection folded: sums add up, the survivor's own fields stand, attributes keep what was said last. */
async function joinRows(tx: Tx, { workspace }: Actor, { from, into }: MergePair): Promise<void> {
  await tx.run(sql`
    UPDATE member s SET
      name = COALESCE(s.name, m.name), phone = COALESCE(s.phone, m.phone), email = COALESCE(s.email, m.email), locale = COALESCE(s.locale, m.locale),
      time_zone = COALESCE(s.time_zone, m.time_zone), birthday = COALESCE(s.birthday, m.birthday), gender = COALESCE(s.gender, m.gender),
      is_anonymous = s.is_anonymous AND m.is_anonymous,
      joined_at = CASE WHEN m.is_anonymous THEN s.joined_at ELSE LEAST(s.joined_at, m.joined_at) END, joined_store_id = COALESCE(s.joined_store_id, m.joined_store_id),
      orders = s.orders + m.orders, spent = s.spent + m.spent, visits = s.visits + m.visits,
      first_order_at = LEAST(s.first_order_at, m.first_order_at), last_order_at = GREATEST(s.last_order_at, m.last_order_at),
      last_visit_at = GREATEST(s.last_visit_at, m.last_visit_at), last_seen_at = GREATEST(s.last_seen_at, m.last_seen_at),
      attributes = s.attributes || COALESCE((
        SELECT jsonb_object_agg(a.key, a.value) FROM jsonb_each(m.attributes) a
        WHERE COALESCE((m.attribute_times ->> a.key)::float8, 0) > COALESCE((s.attribute_times ->> a.key)::float8, -1)), '{}'),
      attribute_times = s.attribute_times || COALESCE((
        SELECT jsonb_object_agg(t.key, t.value) FROM jsonb_each(m.attribute_times) t
        WHERE left(t.key, 1) <> '#' AND (t.value)::float8 > COALESCE((s.attribute_times ->> t.key)::float8, -1)), '{}')
    FROM member m WHERE m.workspace_id = ${workspace} AND m.id = ${from} AND s.workspace_id = ${workspace} AND s.id = ${into}`);
  await tx.run(sql`
    INSERT INTO member_tag (workspace_id, member_id, tag, source, at)
    SELECT workspace_id, ${into}, tag, source, at FROM member_tag WHERE workspace_id = ${workspace} AND member_id = ${from} ON CONFLICT DO NOTHING`);
  await tx.run(sql`DELETE FROM member_tag WHERE workspace_id = ${workspace} AND member_id = ${from}`);
  // The later word stands, whoever of the two said it; at one instant a refusal.
  await tx.run(sql`
    INSERT INTO consent (workspace_id, member_id, channel, purpose, is_granted, source, evidence, at)
    SELECT workspace_id, ${into}, channel, purpose, is_granted, source, evidence, at FROM consent WHERE workspace_id = ${workspace} AND member_id = ${from}
    ON CONFLICT (workspace_id, member_id, channel, purpose) DO UPDATE
    SET is_granted = excluded.is_granted, source = excluded.source, evidence = excluded.evidence, at = excluded.at
    WHERE consent.at < excluded.at OR (consent.at = excluded.at AND NOT excluded.is_granted)`);
  await tx.run(
    sql`UPDATE consent_change SET member_id = ${into} WHERE workspace_id = ${workspace} AND member_id = ${from}`,
  );
}

async function joinFacts(tx: Tx, { workspace }: Actor, { from, into }: MergePair): Promise<void> {
  await tx.run(sql`
    INSERT INTO fact (workspace_id, member_id, name, day, count, amount)
    SELECT workspace_id, ${into}, name, day, count, amount FROM fact WHERE workspace_id = ${workspace} AND member_id = ${from}
    ON CONFLICT (workspace_id, member_id, name, day) DO UPDATE SET count = fact.count + excluded.count, amount = fact.amount + excluded.amount`);
  await tx.run(sql`DELETE FROM fact WHERE workspace_id = ${workspace} AND member_id = ${from}`);
}

/** Runs are moved by the survivor's next dispatch turn, which this event asks for. An event that proved the two to be one is in such a turn already. */
async function tellTurn(tx: Tx, { workspace }: Actor, { into }: MergePair, event: InboxEvent): Promise<void> {
  const lane = laneOf(workspace, into);
  await requeue(tx, workspace, [{ lane, member: into, event }]);
  await tx.run(wakingLanes([lane]));
}

export const mergeMember = useCase({
  may: "member.write",
  says: "Join two members that are one person; what the merged one had goes to the survivor",
  input: z.object({ member: z.uuid(), into: z.uuid() }),
  audit: "member.merge_asked",
  async run({ tx, actor, now, newId }, { member, into }) {
    if (member === into) return refuse("invalid", "should be another member", ["into"]);
    const pair = { from: member as MemberId, into: into as MemberId };
    const isMerged = await mergeMembers(tx, actor, pair, now, newId());
    if (isMerged) await tellTurn(tx, actor, pair, ledgerEvent(MEMBER_MERGED, pair, newId(), now));
    return isMerged ? ok({ id: into }) : refuse("not_found", "one of the two does not exist or has merged already");
  },
});
