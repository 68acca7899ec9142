import { sql } from "@/platform/db";
import { ringJourney } from "../../journeys/operating/open-again";
import { countPassedOver, passOverHeld } from "../../messages/held";
import { giveUpCalls } from "../../webhooks/held";
import { endRuns } from "../lifecycle/end-runs";
import { lockRuns, shareJourney } from "../lifecycle/lock";
import { Place, walk } from "../lifecycle/walk";
import { isLive } from "../run";
import type { BatchOf } from "./batch";

/** Lets everybody on the way in a stopped journey leave, then drops its held messages and webhooks; at last its conductors find nothing left and end. */
export const stop: BatchOf = async (tx, job, now) => {
  const { workspace } = job;
  const journey = job.journey && (await shareJourney(tx, workspace, job.journey));
  if (journey?.state !== "stopped") return { done: 0, skipped: 0, position: null };
  if (job.position !== "messages") {
    const { ids, next } = await walk(
      tx,
      workspace,
      journey.id,
      Place.nullable().catch(null).parse(job.position),
      sql`r.state IN ('ready', 'parked', 'held')`,
    );
    const live = (await lockRuns(tx, workspace, ids)).filter((run) => isLive(run.state));
    await endRuns(tx, workspace, live, { did: "stop", reason: "journey_stopped", by: job.startedBy, job: job.id }, now);
    return { done: live.length, skipped: 0, position: next ?? "messages" };
  }
  const passed = await passOverHeld(tx, workspace, journey.id, "journey_stopped", now);
  countPassedOver(tx, workspace, journey.id, "journey_stopped", passed, now);
  const givenUp = await giveUpCalls(tx, workspace, journey.id);
  if (passed.length + givenUp > 0) return { done: 0, skipped: 0, position: "messages" };
  await ringJourney(tx, workspace, journey.id, journey.shards);
  return { done: 0, skipped: 0, position: null };
};
