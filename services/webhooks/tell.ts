import type { MemberId, WorkspaceId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import type { Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { enqueue } from "../events/enqueue";

export type SettledCall = { id: string; member: MemberId; state: string; status: number | null; reason: string | null };

/** Calls that came to an end, as events for the runs that wait for them. */
export async function tellCalls(tx: Tx, workspace: WorkspaceId, set: readonly SettledCall[], now: Date): Promise<void> {
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
      ),
    })),
  );
}
