import { json, sql, type Tx } from "@/platform/db";
import { type Actor, signature } from "../access/actor";

/** One audit line, in the same transaction as what it tells of. */
export async function record(
  tx: Tx,
  actor: Actor,
  action: string,
  detail: unknown,
  at: Date,
  id: string,
  subject?: string,
): Promise<void> {
  await tx.run(sql`
    INSERT INTO audit (workspace_id, id, actor, action, subject, detail, at)
    VALUES (${actor.workspace}, ${id}, ${signature(actor)}, ${action}, ${subject ?? null}, ${json(detail)}, ${at})`);
}
