import { z } from "zod";
import type { JourneyId } from "@/core/ids";
import { journeyConductor } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { announce } from "../rings/announce";
import { ring } from "../rings/ring";
import { JourneyView, readJourney } from "./journey-view";

/** Puts a journey away once nobody is on the way in it. Its runs and versions stay readable. */
export const archiveJourney = useCase({
  may: "journey.write",
  input: z.strictObject({ journey: z.uuid().transform((id) => id as JourneyId) }),
  output: JourneyView,
  audit: "journey.archived",
  says: "Archive a journey",
  async run({ tx, actor: { workspace }, now }, { journey }) {
    const found = await tx.one<{ shards: number }>(
      sql`SELECT shards FROM journey WHERE workspace_id = ${workspace} AND id = ${journey} FOR UPDATE`,
    );
    if (!found) return refuse("not_found", "no such journey");
    // After the lock: who was entering has committed, and nobody enters until this does.
    const live = await tx.one<{ n: number }>(sql`
      SELECT count(*) AS n FROM run WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND state IN ('ready', 'parked')`);
    if (live?.n) return refuse("conflict", `${live.n} members are still on their way in it`);
    await tx.run(
      sql`UPDATE journey SET state = 'archived', state_reason = NULL, updated_at = ${now} WHERE workspace_id = ${workspace} AND id = ${journey}`,
    );
    await ring(
      tx,
      workspace,
      Array.from({ length: found.shards }, (_, shard) => journeyConductor(journey, shard)),
    );
    await announce(tx, workspace, `journey:${journey}`);
    await announce(tx, workspace, "journeys");
    const archived = await readJourney(tx, workspace, journey);
    return archived ? ok(archived) : refuse("not_found");
  },
});
