import type { AuditAction } from "@/core/audit/actions";
import { json, sql, type Tx } from "@/platform/db";
import { type Actor, signature } from "./actor";

/** One audit line, in the same transaction as what it tells of. `subject`: the id of what it was done to. */
export async function record(
  tx: Tx,
  actor: Actor,
  action: AuditAction,
  detail: unknown,
  at: Date,
  id: string,
  subject?: string,
): Promise<void> {
  await tx.run(sql`
    INSERT INTO audit (workspace_id, id, actor, action, subject, detail, at)
    VALUES (${actor.workspace}, ${id}, ${signature(actor)}, ${action}, ${subject ?? null}, ${json(detail)}, ${at})`);
}
