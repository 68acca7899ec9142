import type { WorkspaceId } from "@/core/ids";
import { instant } from "@/platform/clock";
import { engine, json, sql } from "@/platform/db";
import { pauseMs } from "@/platform/pause";
import { answerFrom } from "./answers";
import type { Claimed } from "./claim";
import type { Posted } from "./post";
import { type SettledCall, tellCalls } from "./tell";

/** Writes what became of a call that this claimer holds, and tells it once it is settled. A passing refusal waits for its next attempt. */
export async function saveCall(workspace: WorkspaceId, claimer: string, call: Claimed, posted: Posted): Promise<void> {
  const isTaken = posted.is === "taken";
  const isPassing = posted.is === "refused" && !posted.lasting;
  const pause = isPassing ? pauseMs(call.attempts, posted.after) : 0;
  const response = isTaken ? json(answerFrom(posted.status, posted.type, posted.text)) : null;
  const reason = posted.is === "refused" ? posted.reason : null;
  await engine(async (tx) => {
    const settled = await tx.rows<SettledCall>(sql`
      UPDATE webhook_call SET
        state = CASE WHEN ${isTaken} THEN 'done' WHEN ${isPassing} AND expires_at > clock_timestamp() + ${pause} * interval '1 millisecond' THEN 'queued' ELSE 'failed' END,
        status = ${posted.status}, response = ${response}::jsonb, reason = ${reason}, claimed_by = NULL,
        claimed_at = NULL, not_before = clock_timestamp() + ${pause} * interval '1 millisecond',
        closed_at = CASE WHEN ${isPassing} AND expires_at > clock_timestamp() + ${pause} * interval '1 millisecond' THEN NULL ELSE clock_timestamp() END
      WHERE workspace_id = ${workspace} AND id = ${call.id} AND state = 'claimed' AND claimed_by = ${claimer}
      RETURNING id, member_id AS member, state, status, reason`);
    await tellCalls(
      tx,
      workspace,
      settled.filter(({ state }) => state !== "queued"),
      instant(),
    );
  });
}
