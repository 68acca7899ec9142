import { z } from "zod";
import type { JourneyId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { takeJourney } from "../../plans/hold";
import { JourneyView, readJourney } from "../journey-view";
import { ringJourney } from "../operating/open-again";

/** Puts a journey away that was stopped or never published, once nobody is on the way in it. Its runs and versions stay readable. */
export const archiveJourney = useCase({
  may: "journey.write",
  input: z.strictObject({ journey: z.uuid().transform((id) => id as JourneyId) }),
  output: JourneyView,
  audit: "journey.archived",
  says: "Archive a journey",
  async run({ tx, actor: { workspace }, now }, { journey }) {
    takeJourney(tx, journey);
    const found = await tx.one<{ state: string; shards: number }>(
      sql`SELECT state, shards FROM journey WHERE workspace_id = ${workspace} AND id = ${journey} FOR NO KEY UPDATE`,
    );
    if (!found) return refuse("not_found", "no such journey");
    if (found.state === "live" || found.state === "paused")
      return refuse("conflict", `it is ${found.state}: stop it first, so that everybody on the way in it leaves`);
    // After the lock: who was entering has committed, and nobody enters until this does.
    const live = await tx.one<{ n: number }>(sql`
      SELECT count(*) AS n FROM run WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND state IN ('ready', 'parked')`);
    if (live?.n) return refuse("conflict", `${live.n} members are still leaving it; try again in a moment`);
    await tx.run(
      sql`UPDATE journey SET state = 'archived', state_reason = NULL, updated_at = ${now} WHERE workspace_id = ${workspace} AND id = ${journey}`,
    );
    await ringJourney(tx, workspace, journey, found.shards);
    const archived = await readJourney(tx, workspace, journey);
    return archived ? ok(archived) : refuse("not_found");
  },
});
