import type { MemberId, WorkspaceId } from "@/core/ids";
import { oneLine } from "@/core/storable";
import { isBadData, json, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { counter } from "@/platform/metrics";
import type { InboxRow } from "./inbox-row";

const unjudged = counter(
  "events_unjudged_total",
  "Events set aside because something was thrown over them: by Postgres over their data, or by our own code",
  ["fault"],
);

/** What could not be acted on: kept whole with what was thrown over it, to be looked at and replayed. */
export type DeadLetter = { kind: "event" | "send"; reason: string; member: MemberId | null; payload: unknown };

export async function bury(tx: Tx, workspace: WorkspaceId, letter: DeadLetter): Promise<void> {
  await tx.run(sql`
    INSERT INTO dead_letter (workspace_id, id, kind, cause, facts, name, member_id, payload)
    VALUES (${workspace}, ${newId()}, ${letter.kind}, 'not_judged', ${json({ detail: oneLine(letter.reason, 1000) })},
      ${json(letter.payload)}::jsonb ->> 'name', ${letter.member}, ${json(letter.payload)})`);
}

/** An event over which this was thrown. */
export function buryRow(tx: Tx, workspace: WorkspaceId, { member, event }: InboxRow, error: unknown): Promise<void> {
  countUnjudged(error);
  const reason = error instanceof Error ? error.message : String(error);
  return bury(tx, workspace, { kind: "event", reason, member, payload: event });
}

/** Counted where it is thrown, before the commit: an alarm, no sum. */
export const countUnjudged = (error: unknown): void => unjudged.inc({ fault: isBadData(error) ? "data" : "code" });
