import type { Arrival } from "@/core/events/arrival";
import type { MemberId, WorkspaceId } from "@/core/ids";
import type { Tx } from "@/platform/db";
import { setConsents } from "../members/consent";
import { withdrawConsents } from "../members/consent-withdraw";

/**
 * Writes the consents that events say at the door, so that no backlog delays a withdrawal. A grant is as old as the event says; a withdrawal
 * counts from when we heard it, so that a sender's slow clock never lets an older grant win. Called behind the events' own rows: what tells a change
 * finds its member as the event that said it left them.
 */
export async function recordConsents(
  tx: Tx,
  arrivals: readonly Arrival[],
  acceptedAt: number,
  members: readonly MemberId[],
): Promise<void> {
  const grants = new Map<WorkspaceId, Parameters<typeof setConsents>[2][number][]>();
  const withdrawals = new Map<WorkspaceId, Parameters<typeof setConsents>[2][number][]>();
  for (const [i, { workspace, draft, messageId }] of arrivals.entries()) {
    const member = members[i];
    if (!member) continue;
    for (const { channel, purpose, isGranted } of draft.consents) {
      const at = new Date(isGranted || draft.isHistorical ? draft.occurredAt : acceptedAt);
      const of = isGranted ? grants : withdrawals;
      const change = {
        member,
        channel,
        purpose,
        isGranted,
        source: `event ${draft.name}`,
        evidence: { messageId },
        at,
        // The track of that very name is the event; what is of the past begins, moves and ends nothing.
        isTold: draft.isHistorical || draft.name === (isGranted ? "consent_granted" : "consent_withdrawn"),
      };
      of.set(workspace, [...(of.get(workspace) ?? []), change]);
    }
  }
  for (const [workspace, set] of withdrawals) await withdrawConsents(tx, workspace, set);
  for (const [workspace, set] of grants) await setConsents(tx, workspace, set);
}
