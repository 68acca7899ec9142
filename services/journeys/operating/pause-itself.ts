import type { JourneyId, WorkspaceId } from "@/core/ids";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { record } from "../../access/record";
import { takeJourney } from "../../plans/hold";
import { ringJourney } from "./open-again";

/** A journey whose runs fail in numbers stops conducting, and says why. Members keep their places. */
export async function pauseItself(workspace: WorkspaceId, journey: JourneyId, reason: string): Promise<void> {
  await engine(async (tx) => {
    takeJourney(tx, journey);
    const paused = await tx.one<{ at: Date; shards: number }>(sql`
      UPDATE journey SET state = 'paused', state_reason = ${reason}, updated_at = clock_timestamp()
      WHERE workspace_id = ${workspace} AND id = ${journey} AND state = 'live' RETURNING updated_at AS at, shards`);
    if (!paused) return;
    await ringJourney(tx, workspace, journey, paused.shards);
    await record(
      tx,
      { as: "system", workspace, name: "conductor" },
      "journey.paused",
      { reason },
      paused.at,
      newId(),
      journey,
    );
  });
}
