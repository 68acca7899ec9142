import type { MemberId, WorkspaceId } from "@/core/ids";
import { json, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";

/** What could not be acted on: kept whole with its reason, to be looked at and replayed. */
export type DeadLetter = { kind: "event" | "send"; reason: string; member: MemberId | null; payload: unknown };

export async function bury(tx: Tx, workspace: WorkspaceId, letter: DeadLetter): Promise<void> {
  await tx.run(sql`
    INSERT INTO dead_letter (workspace_id, id, kind, reason, member_id, payload)
    VALUES (${workspace}, ${newId()}, ${letter.kind}, ${letter.reason.slice(0, 1000)}, ${letter.member}, ${json(letter.payload)})`);
}
