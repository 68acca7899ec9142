import type { MemberId, WorkspaceId } from "@/core/ids";
import { json, sql, type Tx } from "@/platform/db";

export type ConsentChange = {
  member: MemberId;
  channel: "sms" | "email" | "push";
  purpose: string;
  isGranted: boolean;
  /** Who took it down: api, console, stop_reply, unsubscribe_link … */
  source: string;
  evidence: Record<string, unknown>;
  at: Date;
};

/**
 * Records consents given and withdrawn, per member, channel and purpose. The one said last stands, whatever the order of arrival; at one
 * instant a withdrawal stands over a grant. The caller locks the members' gates first, so that no message passes meanwhile.
 */
export async function setConsents(tx: Tx, workspace: WorkspaceId, set: readonly ConsentChange[]): Promise<void> {
  const last = new Map<string, ConsentChange>();
  for (const change of set) {
    const key = `${change.member} ${change.channel} ${change.purpose}`;
    const known = last.get(key);
    if (!known || known.at < change.at || (known.at.getTime() === change.at.getTime() && !change.isGranted))
      last.set(key, change);
  }
  const changes = [...last.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
  if (changes.length === 0) return;
  await tx.run(sql`
    INSERT INTO consent (workspace_id, member_id, channel, purpose, is_granted, source, evidence, at)
    SELECT ${workspace}, c.member_id, c.channel, c.purpose, c.is_granted, c.source, c.evidence, c.at
    FROM unnest(
      ${changes.map((c) => c.member)}::uuid[], ${changes.map((c) => c.channel)}::text[], ${changes.map((c) => c.purpose)}::text[],
      ${changes.map((c) => c.isGranted)}::boolean[], ${changes.map((c) => c.source)}::text[], ${changes.map((c) => json(c.evidence))}::jsonb[],
      ${changes.map((c) => c.at)}::timestamptz[]
    ) AS c (member_id, channel, purpose, is_granted, source, evidence, at)
    ON CONFLICT (workspace_id, member_id, channel, purpose) DO UPDATE
    SET is_granted = EXCLUDED.is_granted, source = EXCLUDED.source, evidence = EXCLUDED.evidence, at = EXCLUDED.at
    WHERE consent.at < EXCLUDED.at OR (consent.at = EXCLUDED.at AND NOT EXCLUDED.is_granted)`);
}
