import type { MemberId, WorkspaceId } from "@/core/ids";
import { json, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";

/** What could not be acted on: kept whole with what was thrown over it, to be looked at and replayed. */
export type DeadLetter = { kind: "event" | "send"; reason: string; member: MemberId | null; payload: unknown };

export async function bury(tx: Tx, workspace: WorkspaceId, letter: DeadLetter): Promise<void> {
  await tx.run(sql`
    INSERT INTO dead_letter (workspace_id, id, kind, cause, facts, name, member_id, payload)
    VALUES (${workspace}, ${newId()}, ${letter.kind}, 'not_judged', ${json({ detail: plain(letter.reason) })},
      ${json(letter.payload)}::jsonb ->> 'name', ${letter.member}, ${json(letter.payload)})`);
}

/** Somebody's error as a column can hold it, whatever of the event it quotes. */
export const plain = (error: string): string =>
  error
    .slice(0, 1000)
    .replace(/[\p{Cc}\p{Surrogate}]+/gu, " ")
    .trim();
