import type { EventName } from "@/core/events/catalogue";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import type { Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { enqueue } from "../events/enqueue";

export type PointsMoved = {
  member: MemberId;
  points: number;
  balance: number;
  reason: string;
  depth?: number | undefined;
};

/** Points earned or spent, as events for whatever listens. */
export async function tellPoints(
  tx: Tx,
  workspace: WorkspaceId,
  name: Extract<EventName, "points_earned" | "points_spent">,
  set: readonly PointsMoved[],
  now: Date,
): Promise<void> {
  await enqueue(
    tx,
    workspace,
    set.map(({ member, depth, ...properties }) => ({
      member,
      event: ledgerEvent(name, properties, newId(), now, depth),
    })),
  );
}
