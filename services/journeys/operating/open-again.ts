import { type JourneyId, journeyConductor, senderConductor, type WorkspaceId } from "@/core/ids";
import { CHANNELS } from "@/core/message/channel";
import { sql, type Tx } from "@/platform/db";
import { releaseHeld } from "../../messages/held";
import { announce } from "../../rings/announce";
import { ring } from "../../rings/ring";

/** Lets a paused journey go on: its conductors take up what is ready and due, the senders what was held. */
export async function openAgain(tx: Tx, workspace: WorkspaceId, journey: JourneyId, now: Date): Promise<void> {
  const opened = await tx.one<{ shards: number }>(sql`
    UPDATE journey SET state = 'live', state_reason = NULL, updated_at = ${now}
    WHERE workspace_id = ${workspace} AND id = ${journey} AND state = 'paused' RETURNING shards`);
  if (!opened) return;
  releaseHeld(tx, workspace, journey);
  await ringJourney(tx, workspace, journey, opened.shards);
  await ring(
    tx,
    workspace,
    CHANNELS.map((channel) => senderConductor(workspace, channel)),
  );
}

/** Tells a journey's conductors and open screens that its state changed. */
export async function ringJourney(tx: Tx, workspace: WorkspaceId, journey: JourneyId, shards: number): Promise<void> {
  await ring(
    tx,
    workspace,
    Array.from({ length: shards }, (_, shard) => journeyConductor(journey, shard)),
  );
  await announce(tx, workspace, `journey:${journey}`);
  await announce(tx, workspace, "journeys");
}
