import { z } from "zod";
import type { JobId, JourneyId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { signature } from "../../access/actor";
import { useCase } from "../../access/use-case";
import { callOff } from "../../broadcasts/open";
import { cancelJobs, holdJobs } from "../../jobs/hold";
import { startJob } from "../../jobs/start";
import { takeJourney } from "../../plans/hold";
import { JourneyView, readJourney } from "../journey-view";
import { ringJourney } from "./open-again";

/**
 * Ends a journey: from now on nobody enters or moves, and a job lets everybody on the way leave, batch by batch; its broadcasts are
 * called off, those planned for later too. Its workflow completes when
 * nobody is left. Publishing it again is a new beginning.
 */
export const stopJourney = useCase({
  may: "journey.operate",
  input: z.strictObject({ journey: z.uuid().transform((id) => id as JourneyId) }),
  output: JourneyView.extend({ job: z.string().nullable() }),
  audit: "journey.stopped",
  says: "Stop a journey: everybody on the way in it leaves",
  async run({ tx, actor, now, newId }, { journey }) {
    const { workspace } = actor;
    await holdJobs(tx, workspace, journey, "resume");
    // Before the journey is held, as nobody enters or moves then: it only tells how far the job is.
    const live = await tx.one<{ n: number }>(sql`
      SELECT count(*)::int AS n FROM run WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND state IN ('ready', 'parked')`);
    takeJourney(tx, journey);
    const found = await tx.one<{ state: string; shards: number }>(
      sql`SELECT state, shards FROM journey WHERE workspace_id = ${workspace} AND id = ${journey} FOR NO KEY UPDATE`,
    );
    if (!found) return refuse("not_found", "no such journey");
    if (found.state !== "live" && found.state !== "paused")
      return refuse("not_live", `only a live or paused journey can be stopped; this one is ${found.state}`);
    await cancelJobs(tx, workspace, journey, "resume", now);
    await callOff(tx, workspace, journey, now);
    await tx.run(sql`
      UPDATE journey SET state = 'stopped', state_reason = NULL, updated_at = ${now} WHERE workspace_id = ${workspace} AND id = ${journey}`);
    const job = newId<JobId>();
    await startJob(
      tx,
      workspace,
      { id: job, kind: "stop", journey, spec: {}, total: live?.n ?? 0 },
      signature(actor),
      now,
    );
    await ringJourney(tx, workspace, journey, found.shards);
    const stopped = await readJourney(tx, workspace, journey);
    return stopped ? ok({ ...stopped, job }) : refuse("not_found");
  },
});
