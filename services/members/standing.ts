import type { MemberId } from "@/core/ids";
import { SILENT_DAYS } from "@/core/members/contested";
import { identityKey, type meetings } from "@/core/members/resolution";
import { sql, type Tx } from "@/platform/db";

type Met = ReturnType<typeof meetings>;

/**
 * Looks at members whose identities somebody else names as their own, and writes what was found into them: whether they have a userId, whether they
 * have been silent, and which of their phones and emails are not the ones they have now. Rare: most events name nobody but their own member.
 * What the inbox still holds counts too: it was accepted before. By identity_member and inbox_member.
 */
export async function readStanding(tx: Tx, met: Met): Promise<void> {
  if (met.length === 0) return;
  const rows = await tx.rows<{ place: number; isUser: boolean; isSilent: boolean; isFormer: boolean }>(sql`
    SELECT k.place::int AS place,
      EXISTS (SELECT FROM identity u WHERE u.workspace_id = m.workspace_id AND u.member_id = m.id AND u.kind = 'userId') AS "isUser",
      GREATEST(m.last_seen_at, m.created_at) < now() - make_interval(days => ${SILENT_DAYS}) AS "isSilent",
      COALESCE(k.kind IN ('phone', 'email') AND k.value <> COALESCE(
        (SELECT COALESCE(e.event -> 'traits' ->> k.kind, '') FROM inbox e
         WHERE e.workspace_id = m.workspace_id AND e.member_id = m.id AND e.event -> 'traits' ? k.kind
         ORDER BY (e.event -> 'occurredAt')::float8 DESC, e.id DESC LIMIT 1),
        CASE k.kind WHEN 'phone' THEN m.phone ELSE m.email END,
        CASE WHEN m.attribute_times ? ('#' || k.kind) THEN '' END), false) AS "isFormer"
    FROM unnest(
      ${met.map(({ workspace }) => workspace)}::uuid[], ${met.map(({ owner }) => owner.member)}::uuid[],
      ${met.map(({ identity }) => identity.kind)}::text[], ${met.map(({ identity }) => identity.value)}::text[])
      WITH ORDINALITY AS k(workspace_id, member_id, kind, value, place)
    JOIN member m ON m.workspace_id = k.workspace_id AND m.id = k.member_id`);
  const former = new Map<MemberId, Set<string>>();
  for (const { place, isUser, isSilent, isFormer } of rows) {
    const one = met[place - 1];
    if (!one) continue;
    const { workspace, identity, owner } = one;
    const keys = former.get(owner.member) ?? new Set<string>();
    former.set(owner.member, keys);
    if (isFormer) keys.add(identityKey(workspace, identity));
    Object.assign(owner, { isUser, isSilent, former: keys });
  }
}
