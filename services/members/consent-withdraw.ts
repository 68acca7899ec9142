import type { MemberId, WorkspaceId } from "@/core/ids";
import type { Tx } from "@/platform/db";
import { type ConsentChange, setConsents } from "./consent";
import { lockGates } from "./lock-gates";

/**
 * Withdraws consents under the lock that every send of the member is gated by: a message claimed later sees the withdrawal, and one claimed
 * before has been on its way since before it was said.
 */
export async function withdrawConsents(tx: Tx, workspace: WorkspaceId, set: readonly ConsentChange[]): Promise<void> {
  if (set.length === 0) return;
  await lockGates(tx, workspace, [...new Set(set.map(({ member }) => member))] satisfies MemberId[]);
  await setConsents(
    tx,
    workspace,
    set.map((change) => ({ ...change, isGranted: false })),
  );
}
