import type { MemberId, WorkspaceId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import { sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { DEPTH_AFTER } from "../events/depth-after";
import { enqueue } from "../events/enqueue";

export type SettledCall = { id: string; member: MemberId; state: string; status: number | null; reason: string | null };

/** Calls that came to an end, as events for the runs that wait for them. */
export async function tellCalls(tx: Tx, workspace: WorkspaceId, set: readonly SettledCall[], now: Date): Promise<void> {
  if (set.length === 0) return;
  const depths = new Map(
    (
      await tx.rows<{ id: string; depth: number }>(sql`
        SELECT c.id, ${DEPTH_AFTER} AS depth
        FROM webhook_call c JOIN run r ON r.workspace_id = c.workspace_id AND r.id = c.run_id
        WHERE c.workspace_id = ${workspace} AND c.id = ANY(${set.map(({ id }) => id)}::uuid[])`)
    ).map(({ id, depth }) => [id, depth]),
  );
  await enqueue(
    tx,
    workspace,
    set.map(({ id, member, state, status, reason }) => ({
      member,
      event: ledgerEvent(
        state === "done" ? "webhook_done" : "webhook_failed",
        { call_id: id, ...(status !== null && { status }), ...(reason !== null && { reason }) },
        newId(),
        now,
        depths.get(id),
      ),
    })),
  );
}
