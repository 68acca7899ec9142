import { type Approval, needsApproval } from "@/core/policy/approval";
import { sql, type Tx } from "@/platform/db";
import type { Actor } from "../../access/actor";
import { can } from "../../access/may";

/** Whether this actor's publish waits for a second person, as the workspace has it now. The product itself, seeding a demo, asks nobody. */
export async function isApprovalNeeded(tx: Tx, actor: Actor): Promise<boolean> {
  if (actor.as === "system") return false;
  const found = await tx.one<{ approval: Approval | null }>(
    sql`SELECT settings -> 'publishing' ->> 'approval' AS approval FROM workspace WHERE id = ${actor.workspace}`,
  );
  return needsApproval(found?.approval ?? "never", {
    isPerson: actor.as === "user",
    mayApprove: can(actor, "journey.approve"),
  });
}
