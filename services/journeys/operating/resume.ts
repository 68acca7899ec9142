import { z } from "zod";
import type { JobId, JourneyId, WorkspaceId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { signature } from "../../access/actor";
import { useCase } from "../../access/use-case";
import { countMissed } from "../../broadcasts/pass-over";
import { runningJob, startJob } from "../../jobs/start";
import { countHeld } from "../../messages/held";
import { takeJourney } from "../../plans/hold";
import { JourneyView, readJourney } from "../journey-view";
import { countFellDue } from "./fell-due";
import { openAgain } from "./open-again";

/** late: act now what fell due; skip: go on without its effects; exit: leave the journey. Broadcasts that were missed begin late, or are passed over. */
export const FellDue = z.enum(["late", "skip", "exit"]);
export type FellDue = z.infer<typeof FellDue>;

const journey = z.uuid().transform((id) => id as JourneyId);
const Counts = z.object({
  runs: z.int().describe("members whose time came in the pause"),
  messages: z.int().describe("messages held back"),
  broadcasts: z.int().describe("broadcasts, or rounds of a schedule, whose time came in the pause"),
});
type Counts = z.infer<typeof Counts>;

const sum = ({ runs, messages, broadcasts }: Counts): number => runs + messages + broadcasts;

/** Takes long where many wait: under no lock that others wait for, where there is a choice. */
const countAll = async (tx: Tx, workspace: WorkspaceId, journey: JourneyId): Promise<Counts> => ({
  runs: await countFellDue(tx, workspace, journey),
  messages: await countHeld(tx, workspace, journey),
  broadcasts: await countMissed(tx, workspace, journey),
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
    return ok(
      found.state === "paused" ? await countAll(tx, workspace, journey) : { runs: 0, messages: 0, broadcasts: 0 },
    );
  },
});

/**
 * Lets a paused journey go on. Where members fell due, messages were held or broadcasts missed, the answer to that question is needed, and a job deals with them
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
    const before = await countAll(tx, workspace, journey);
    takeJourney(tx, journey);
    const found = await tx.one<{ state: string }>(
      sql`SELECT state FROM journey WHERE workspace_id = ${workspace} AND id = ${journey} FOR NO KEY UPDATE`,
    );
    if (!found) return refuse("not_found", "no such journey");
    if (found.state !== "paused")
      return refuse("conflict", `only a paused journey can be resumed; this one is ${found.state}`);
    if (await runningJob(tx, workspace, journey, "resume"))
      return refuse("conflict", "it is being resumed already; pause it to choose otherwise");
    // Where there was nothing it is looked again, which costs little; the others their job finds one by one, however many they are by then.
    const counts = sum(before) > 0 ? before : await countAll(tx, workspace, journey);
    const { runs, messages, broadcasts } = counts;
    const total = sum(counts);
    let job: JobId | null = null;
    if (total === 0) await openAgain(tx, workspace, journey, now);
    else {
      if (fellDue === undefined)
        return refuse(
          "invalid",
          {
            en: `in the pause ${of(runs, "member")} fell due, ${messages === 1 ? "1 message was" : `${messages} messages were`} held and ${of(broadcasts, "broadcast")} missed: say late, skip or exit`,
            "zh-CN": `暂停期间有 ${runs} 位会员到期、${messages} 条消息被留住、${broadcasts} 次群发错过：请选择 late、skip 或 exit`,
          },
          ["fellDue"],
        );
      job = newId<JobId>();
      const spec = { fellDue };
      await startJob(tx, workspace, { id: job, kind: "resume", journey, spec, total }, signature(actor), now);
    }
    const resumed = await readJourney(tx, workspace, journey);
    return resumed ? ok({ ...resumed, job }) : refuse("not_found");
  },
});

const of = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;
