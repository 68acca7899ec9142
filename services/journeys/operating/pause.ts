import { z } from "zod";
import type { JourneyId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { cancelJobs, holdJobs } from "../../jobs/hold";
import { takeJourney } from "../../plans/hold";
import { JourneyView, readJourney } from "../journey-view";
import { ringJourney } from "./open-again";

/**
 * Holds a journey at its three gates: nobody enters, nobody moves on, no message is claimed. Waits are still won, timers still fall due, goals
 * and exits act. Taking the journey waits for the batch under way, so nothing of it comes after the answer.
 */
export const pauseJourney = useCase({
  may: "journey.operate",
  input: z.strictObject({
    journey: z.uuid().transform((id) => id as JourneyId),
    reason: z.string().trim().max(300).optional().describe("shown beside the state"),
  }),
  output: JourneyView,
  audit: "journey.paused",
  says: "Pause a journey: members keep their places",
  async run({ tx, actor: { workspace }, now }, { journey, reason }) {
    await holdJobs(tx, workspace, journey, "resume");
    takeJourney(tx, journey);
    const found = await tx.one<{ state: string; shards: number }>(
      sql`SELECT state, shards FROM journey WHERE workspace_id = ${workspace} AND id = ${journey} FOR NO KEY UPDATE`,
    );
    if (!found) return refuse("not_found", "no such journey");
    if (found.state !== "live" && found.state !== "paused")
      return refuse("not_live", `only a live journey can be paused; this one is ${found.state}`);
    // Paused again while it is being resumed: what the resume has done stands, the rest is asked for anew.
    await cancelJobs(tx, workspace, journey, "resume", now);
    if (found.state === "live") {
      await tx.run(sql`
        UPDATE journey SET state = 'paused', state_reason = ${reason ?? null}, updated_at = ${now} WHERE workspace_id = ${workspace} AND id = ${journey}`);
      await ringJourney(tx, workspace, journey, found.shards);
    }
    const paused = await readJourney(tx, workspace, journey);
    return paused ? ok(paused) : refuse("not_found");
  },
});
