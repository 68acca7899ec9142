import type { EventName } from "@/core/events/catalogue";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import type { Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { enqueue } from "../events/enqueue";
import type { Change } from "./account";

export type PointsMoved = {
  member: MemberId;
  points: number;
  balance: number;
  reason: string;
  depth?: number | undefined;
};

/** Points earned, spent or expired, as events for whatever listens. */
export async function tellPoints(
  tx: Tx,
  workspace: WorkspaceId,
  name: Extract<EventName, "points_earned" | "points_spent" | "points_expired">,
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

/** What the write-offs among a set's ledger lines took, one event a member; costs nothing where nothing expired. */
export async function tellExpired(
  tx: Tx,
  workspace: WorkspaceId,
  changes: Iterable<Pick<Change, "member" | "entries">>,
  now: Date,
): Promise<void> {
  const set = [...changes].flatMap(({ member, entries }): PointsMoved[] => {
    const lines = entries.filter(({ kind }) => kind === "expire");
    const last = lines.at(-1);
    if (!last) return [];
    const points = lines.reduce((sum, line) => sum - line.points, 0);
    return [{ member, points, balance: last.balance, reason: last.reason }];
  });
  if (set.length > 0) await tellPoints(tx, workspace, "points_expired", set, now);
}
