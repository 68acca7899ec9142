import { sql } from "@/platform/db";
import { catchUp } from "../lifecycle/catch-up";
import { lockRuns, shareJourney } from "../lifecycle/lock";
import { Place, walk } from "../lifecycle/walk";
import { ringFor } from "../ring-for";
import { saveRuns } from "../write";
import type { BatchOf } from "./batch";

/**
 * Takes a journey's waiting members through its publishes, as each chose. Whoever is loaded by an event or a conductor in the meantime goes the
 * same way there; what is counted here is who was met. Whom a holdout keeps out goes along and is nobody's to count.
 */
export const publish: BatchOf = async (tx, job, now) => {
  const { workspace } = job;
  const journey = job.journey && (await shareJourney(tx, workspace, job.journey));
  if (!journey) return { done: 0, skipped: 0, position: null };
  const { ids, next } = await walk(
    tx,
    workspace,
    journey.id,
    Place.nullable().catch(null).parse(job.position),
    sql`r.state IN ('ready', 'parked', 'held') AND r.mapped < ${journey.mappings}`,
  );
  const runs = await lockRuns(tx, workspace, ids);
  const met = runs.filter(({ state }) => state !== "held").length;
  const changed = await catchUp(tx, workspace, journey, runs, now);
  saveRuns(tx, workspace, changed, now);
  ringFor(tx, workspace, changed);
  return { done: met, skipped: 0, position: next };
};
