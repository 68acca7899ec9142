import type { MemberId, WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/** Makes one member the other's: its identities lead to the survivor, its own rows are joined to the survivor's. False where one of the two is gone or merged already. */
export async function joinMembers(
  tx: Tx,
  workspace: WorkspaceId,
  from: MemberId,
  into: MemberId,
  now: Date,
): Promise<boolean> {
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
  await joinRows(tx, workspace, from, into);
  await joinFacts(tx, workspace, from, into);
  return true;
}

/** What projection folded: sums add up, the survivor's own fields stand, attributes keep what was said last; of two arms of the workspace's holdout the first. */
async function joinRows(tx: Tx, workspace: WorkspaceId, from: MemberId, into: MemberId): Promise<void> {
  await tx.run(sql`
    UPDATE member s SET
      name = COALESCE(s.name, m.name), phone = COALESCE(s.phone, m.phone), email = COALESCE(s.email, m.email), locale = COALESCE(s.locale, m.locale),
      time_zone = COALESCE(s.time_zone, m.time_zone), birthday = COALESCE(s.birthday, m.birthday), gender = COALESCE(s.gender, m.gender),
      is_anonymous = s.is_anonymous AND m.is_anonymous,
      joined_at = CASE WHEN m.is_anonymous THEN s.joined_at ELSE LEAST(s.joined_at, m.joined_at) END, joined_store_id = COALESCE(s.joined_store_id, m.joined_store_id),
      orders = s.orders + m.orders, spent = s.spent + m.spent, visits = s.visits + m.visits,
      first_order_at = LEAST(s.first_order_at, m.first_order_at), last_order_at = GREATEST(s.last_order_at, m.last_order_at),
      (holdout_held, holdout_share, holdout_at) = (
        SELECT a.held, a.share, a.at FROM (VALUES (s.holdout_held, s.holdout_share, s.holdout_at), (m.holdout_held, m.holdout_share, m.holdout_at)) AS a(held, share, at)
        ORDER BY a.at, a.held LIMIT 1),
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

async function joinFacts(tx: Tx, workspace: WorkspaceId, from: MemberId, into: MemberId): Promise<void> {
  await tx.run(sql`
    INSERT INTO fact (workspace_id, member_id, name, day, count, amount)
    SELECT workspace_id, ${into}, name, day, count, amount FROM fact WHERE workspace_id = ${workspace} AND member_id = ${from}
    ON CONFLICT (workspace_id, member_id, name, day) DO UPDATE SET count = fact.count + excluded.count, amount = fact.amount + excluded.amount`);
  await tx.run(sql`DELETE FROM fact WHERE workspace_id = ${workspace} AND member_id = ${from}`);
}
