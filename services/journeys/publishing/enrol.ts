import { canonical } from "@/core/hash";
import type { JobId, JourneyId, WorkspaceId } from "@/core/ids";
import { JourneyDocument } from "@/core/journey/document";
import { readDraft } from "@/core/journey/draft";
import { isTimed } from "@/core/plan/entry";
import type { Plan } from "@/core/plan/plan";
import { sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { cancelJobs } from "../../jobs/hold";
import { startJob } from "../../jobs/start";

/**
 * At publishing: has each member given their place in a journey that the clock starts, or asks the members of its segment in, where the
 * marketer wants those who match already. A new version with the same trigger asks nobody again. `total`: how many there are to ask.
 */
export async function enrolMembers(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  plan: Plan,
  before: { isOn: boolean; plan: Plan | null },
  total: number,
  by: string,
  now: Date,
): Promise<void> {
  if (before.isOn && before.plan && canonical(before.plan.entry) === canonical(plan.entry)) return;
  await cancelJobs(tx, workspace, journey, "enrol", now);
  const { entry, existing } = plan;
  const asksIn =
    entry.on === "segment" && entry.change === "entered" && existing !== undefined && existing.is !== "none";
  if (!isTimed(entry) && !asksIn) return;
  await startJob(tx, workspace, { id: newId<JobId>(now.getTime()), kind: "enrol", journey, spec: {}, total }, by, now);
}

/**
 * How many members a draft would have asked. Counted before the journey is taken, because nobody may enter meanwhile, and millions take seconds:
 * who joins in between is asked all the same.
 */
export async function countToAsk(tx: Tx, workspace: WorkspaceId, journey: JourneyId): Promise<number> {
  const found = await tx.one<{ document: unknown }>(
    sql`SELECT document FROM journey WHERE workspace_id = ${workspace} AND id = ${journey}`,
  );
  const parsed = JourneyDocument.safeParse(found?.document);
  const trigger = parsed.success ? readDraft(parsed.data).nodes.get(parsed.data.entry) : undefined;
  const entry = trigger?.kindOf ? trigger.entryOf : undefined;
  if (!entry || !(isTimed(entry) || (entry.on === "segment" && entry.segment))) return 0;
  const counted = await tx.one<{ n: number }>(
    entry.on === "segment"
      ? sql`SELECT count(*)::int AS n FROM segment_member WHERE workspace_id = ${workspace} AND segment_id = ${entry.segment} AND is_in`
      : sql`SELECT count(*)::int AS n FROM member WHERE workspace_id = ${workspace}`,
  );
  return counted?.n ?? 0;
}
