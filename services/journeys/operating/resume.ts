import { z } from "zod";
import type { JobId, JourneyId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { signature } from "../../access/actor";
import { useCase } from "../../access/use-case";
import { runningJob, startJob } from "../../jobs/start";
import { countHeld } from "../../messages/held";
import { takeJourney } from "../../plans/hold";
import { JourneyView, readJourney } from "../journey-view";
import { countFellDue } from "./fell-due";
import { openAgain } from "./open-again";

/** late: act now what fell due; skip: go on without its effects; exit: leave the journey. */
export const FellDue = z.enum(["late", "skip", "exit"]);
export type FellDue = z.infer<typeof FellDue>;

const journey = z.uuid().transform((id) => id as JourneyId);
const Counts = z.object({
  runs: z.int().describe("members whose time came in the pause"),
  messages: z.int().describe("messages held back"),
});

export const resumePreview = useCase({
  may: "journey.read",
  input: z.object({ journey }),
  output: Counts,
  says: "What fell due while a journey was paused",
  async run({ tx, actor: { workspace } }, { journey }) {
    const found = await tx.one<{ state: string }>(
      sql`SELECT state FROM journey WHERE workspace_id = ${workspace} AND id = ${journey}`,
    );
    if (!found) return refuse("not_found", "no such journey");
    if (found.state !== "paused") return ok({ runs: 0, messages: 0 });
    return ok({
      runs: await countFellDue(tx, workspace, journey),
      messages: await countHeld(tx, workspace, journey),
    });
  },
});

/**
 * Lets a paused journey go on. Where members fell due or messages were held, the answer to that question is needed, and a job deals with them
 * before the journey opens; `job` tells which. Waits won by events, and everybody else, simply go on.
 */
export const resumeJourney = useCase({
  may: "journey.operate",
  input: z.strictObject({
    journey,
    fellDue: FellDue.optional().describe(
      "needed when something fell due: late = act now, skip = go on without its effects, exit = leave",
    ),
  }),
  output: JourneyView.extend({ job: z.string().nullable() }),
  audit: "journey.resumed",
  says: "Resume a paused journey, and say what becomes of what fell due",
  async run({ tx, actor, now, newId }, { journey, fellDue }) {
    const { workspace } = actor;
    takeJourney(tx, journey);
    const found = await tx.one<{ state: string }>(
      sql`SELECT state FROM journey WHERE workspace_id = ${workspace} AND id = ${journey} FOR NO KEY UPDATE`,
    );
    if (!found) return refuse("not_found", "no such journey");
    if (found.state !== "paused")
      return refuse("conflict", `only a paused journey can be resumed; this one is ${found.state}`);
    if (await runningJob(tx, workspace, journey, "resume"))
      return refuse("conflict", "it is being resumed already; pause it to choose otherwise");
    const runs = await countFellDue(tx, workspace, journey);
    const messages = await countHeld(tx, workspace, journey);
    let job: JobId | null = null;
    if (runs + messages === 0) await openAgain(tx, workspace, journey, now);
    else {
      if (fellDue === undefined)
        return refuse(
          "invalid",
          `${runs} members fell due and ${messages} messages were held in the pause: say late, skip or exit`,
          ["fellDue"],
        );
      job = newId<JobId>();
      const spec = { fellDue };
      await startJob(
        tx,
        workspace,
        { id: job, kind: "resume", journey, spec, total: runs + messages },
        signature(actor),
        now,
      );
    }
    const resumed = await readJourney(tx, workspace, journey);
    return resumed ? ok({ ...resumed, job }) : refuse("not_found");
  },
});
