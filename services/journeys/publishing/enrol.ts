import { z } from "zod";
import { canonical } from "@/core/hash";
import type { JobId, JourneyId, WorkspaceId } from "@/core/ids";
import { JourneyDocument } from "@/core/journey/document";
import { readDraft } from "@/core/journey/draft";
import { type Entry, isTimed } from "@/core/plan/entry";
import type { Plan } from "@/core/plan/plan";
import { sourceOf } from "@/core/plan/timed";
import { inTime, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { cancelJobs } from "../../jobs/hold";
import { startJob } from "../../jobs/start";

/** `forgets`: the due rows' memories are of another trigger. */
export const EnrolSpec = z.object({ forgets: z.boolean().default(false) });
export type EnrolSpec = z.infer<typeof EnrolSpec>;

/** A journey as a publish finds it. */
type Before = { state: string; plan: Pick<Plan, "entry"> | null };
type After = Pick<Plan, "entry" | "existing">;

/** Nobody waits for the figure: a job whose total is not known tells what it has done. */
const COUNTED_WITHIN_MS = 5_000;

/**
 * At publishing: has each member given their place in a journey that the clock starts, or asks the members of its segment in, where the
 * marketer wants those who match already. A new version with the same trigger asks nobody again. `total`: how many there are to ask.
 */
export async function enrolMembers(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  plan: Plan,
  before: Before,
  total: number,
  by: string,
  now: Date,
): Promise<void> {
  if (hasSameTrigger(before, plan)) return;
  await cancelJobs(tx, workspace, journey, "enrol", now);
  if (!asksAnybody(plan)) return;
  const spec = { forgets: isAboutAnother(before, plan) } satisfies EnrolSpec;
  await startJob(tx, workspace, { id: newId<JobId>(now.getTime()), kind: "enrol", journey, spec, total }, by, now);
}

/**
 * How many members a draft will have asked; 0 where it asks nobody, or there are too many to be counted in time. Counted before the journey is
 * taken, because nobody may enter meanwhile, and millions take seconds: who joins in between is asked all the same.
 */
export async function countToAsk(tx: Tx, workspace: WorkspaceId, journey: JourneyId): Promise<number> {
  const found = await tx.one<{ document: unknown; state: string; entry: Entry | null }>(sql`
    SELECT j.document, j.state, p.body -> 'entry' AS entry
    FROM journey j LEFT JOIN plan p ON p.workspace_id = j.workspace_id AND p.id = j.plan_id
    WHERE j.workspace_id = ${workspace} AND j.id = ${journey}`);
  const parsed = JourneyDocument.safeParse(found?.document);
  if (!found || !parsed.success) return 0;
  const trigger = readDraft(parsed.data).nodes.get(parsed.data.entry);
  const entry = trigger?.kindOf ? trigger.entryOf : undefined;
  const { existing } = parsed.data.settings;
  if (!entry || !asksAnybody({ entry, ...(existing && { existing }) })) return 0;
  if (hasSameTrigger({ state: found.state, plan: found.entry && { entry: found.entry } }, { entry })) return 0;
  const counted = await inTime(tx, COUNTED_WITHIN_MS, () =>
    tx.one<{ n: number }>(
      entry.on === "segment"
        ? sql`SELECT count(*)::int AS n FROM segment_member WHERE workspace_id = ${workspace} AND segment_id = ${entry.segment} AND is_in`
        : sql`SELECT count(*)::int AS n FROM member WHERE workspace_id = ${workspace}`,
    ),
  );
  return counted?.n ?? 0;
}

/** What members had of the trigger before is nothing they had of this one. */
const isAboutAnother = ({ plan }: Before, { entry }: After): boolean =>
  plan !== null && isTimed(plan.entry) && isTimed(entry) && sourceOf(plan.entry) !== sourceOf(entry);

const hasSameTrigger = (before: Before, { entry }: After): boolean =>
  (before.state === "live" || before.state === "paused") &&
  before.plan !== null &&
  canonical(before.plan.entry) === canonical(entry);

const asksAnybody = ({ entry, existing }: After): boolean =>
  isTimed(entry) ||
  (entry.on === "segment" &&
    entry.segment !== "" &&
    entry.change === "entered" &&
    existing !== undefined &&
    existing.is !== "none");
