import { createHash } from "node:crypto";
import type { Reject } from "@/core/events/arrival";
import { json, sql, type Tx } from "@/platform/db";

/**
 * Keeps events that cannot be used, each once: the id is made of what was said, so a sender that retries adds no second letter, and one that
 * mends its event may send it again under the same messageId.
 */
export async function rejectAll(tx: Tx, rejects: readonly Reject[]): Promise<void> {
  if (rejects.length === 0) return;
  await tx.run(sql`
    INSERT INTO dead_letter (workspace_id, id, kind, cause, facts, name, payload)
    SELECT r.workspace_id, r.id, 'event', r.cause, r.facts, r.name, r.payload
    FROM unnest(${rejects.map((r) => r.workspace)}::uuid[], ${rejects.map(letterId)}::uuid[], ${rejects.map((r) => r.cause.code)}::text[],
      ${rejects.map((r) => json(r.cause.facts))}::jsonb[], ${rejects.map((r) => r.name)}::text[],
      ${rejects.map(({ messageId, type, isTrusted, said }) => json({ messageId, type, isTrusted, said }))}::jsonb[]) AS r(workspace_id, id, cause, facts, name, payload)
    ON CONFLICT DO NOTHING`);
}

function letterId({ workspace, messageId, bodyHash, cause }: Reject): string {
  const hex = createHash("sha256").update(`${workspace} ${messageId} ${bodyHash} ${cause.code}`).digest("hex");
  // A UUID of one's own making is version 8 (RFC 9562).
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
