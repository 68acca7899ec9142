import type { JobId, JourneyId, PlanId, WorkspaceId } from "@/core/ids";
import { compile } from "@/core/journey/compile";
import type { JourneyDocument } from "@/core/journey/document";
import type { Problem } from "@/core/journey/problem";
import type { Plan } from "@/core/plan/plan";
import { type Outcome, ok, refuse, revisionChanged } from "@/core/refusals";
import { json, sql, type Tx } from "@/platform/db";
import { signature } from "../../access/actor";
import type { Call } from "../../access/use-case";
import { broadcastOnPublish } from "../../broadcasts/on-publish";
import { runningJob, startJob } from "../../jobs/start";
import { takeJourney } from "../../plans/hold";
import { ensureConductor } from "../../rings/conductors";
import { inspectDraft } from "../drafting/inspect-draft";
import { type JourneyView, readJourney } from "../journey-view";
import { ringJourney } from "../operating/open-again";
import { writeComment } from "./comment";
import { countToAsk, enrolMembers } from "./enrol";
import { areHeldOn, fatesOf, type Moves, standingOn } from "./fates";
import { storeMapping } from "./mappings";
import { notAsDone } from "./published-already";

type Wanted = { journey: JourneyId; revision?: number | undefined; moves: Moves; note?: string | undefined };

type Draft = {
  state: string;
  revision: number;
  shards: number;
  document: unknown;
  plan: PlanId | null;
  body: Plan | null;
  published: JourneyDocument | null;
};

/**
 * Compiles the draft and makes it the journey's plan: who enters from now on follows it, and a job takes members on their way where `moves`
 * sends them (whoever an event or a timer moves before that goes the same way). The same drawing again is the same plan and version. A paused
 * journey stays paused. Rings the conductors, so that the workflow stands from now on. Whether this hand may do so was asked before.
 */
export async function publishDraft(
  { tx, actor, now, newId }: Call,
  { journey, revision, moves, note }: Wanted,
): Promise<Outcome<JourneyView>> {
  const { workspace } = actor;
  const toAsk = await countToAsk(tx, workspace, journey);
  // Waits for those entering, so that nobody enters a plan that is no longer the journey's.
  takeJourney(tx, journey);
  const draft = await tx.one<Draft>(
    sql`SELECT j.state, j.revision, j.shards, j.document, j.plan_id AS plan, p.body, p.document AS published
    FROM journey j LEFT JOIN plan p ON p.workspace_id = j.workspace_id AND p.id = j.plan_id
    WHERE j.workspace_id = ${workspace} AND j.id = ${journey} FOR NO KEY UPDATE OF j`,
  );
  if (!draft) return refuse("not_found", "no such journey");
  if (draft.state === "archived") return refuse("conflict", "an archived journey cannot be published; duplicate it");
  if (draft.state === "stopped" && (await runningJob(tx, workspace, journey, "stop")))
    return refuse("conflict", "members are still leaving it; publish it again when all have left");
  if (revision !== undefined && revision !== draft.revision) return revisionChanged(draft.revision);
  const sound = await soundDraft(tx, workspace, draft.document, now, journey);
  if (!sound.ok) return sound;
  const document = sound.value;
  const plan = await storePlan(tx, workspace, journey, document, signature(actor), now);
  if (draft.body && draft.published && draft.plan !== plan.id) {
    const fates = fatesOf({ plan: draft.body, document: draft.published }, { plan, document }, moves);
    if (!fates.ok) return fates;
    const number = await storeMapping(
      tx,
      workspace,
      journey,
      { from: draft.body.id, to: plan.id, fates: fates.value },
      now,
    );
    const standing = await standingOn(tx, workspace, draft.body);
    const total = [...standing.values()].reduce((sum, { waiting, ready }) => sum + waiting + ready, 0);
    const job = { id: newId<JobId>(), kind: "publish", journey, spec: { number }, total } as const;
    if (total > 0 || (await areHeldOn(tx, workspace, draft.body)))
      await startJob(tx, workspace, job, signature(actor), now);
  } else if (draft.plan === plan.id && draft.state !== "stopped" && Object.keys(moves).length > 0) {
    const refused = await notAsDone(tx, workspace, { plan, document }, moves);
    if (refused) return refused;
  }
  await tx.run(sql`
    UPDATE journey SET state = CASE state WHEN 'paused' THEN state ELSE 'live' END, state_reason = CASE state WHEN 'paused' THEN state_reason END, plan_id = ${plan.id}, version = ${plan.version}, priority = ${plan.priority}, updated_at = ${now}, published_at = ${now}
    WHERE workspace_id = ${workspace} AND id = ${journey}`);
  await ensureConductor(tx, workspace, journey, draft.shards);
  const before = { state: draft.state, plan: draft.body };
  await enrolMembers(tx, workspace, journey, plan, before, toAsk, signature(actor), now);
  const sent = await broadcastOnPublish(tx, workspace, journey, plan, signature(actor), now);
  if (!sent.ok) return sent;
  if (note)
    await writeComment(
      tx,
      workspace,
      { id: newId(), journey, version: plan.version, text: note, by: signature(actor) },
      now,
    );
  await ringJourney(tx, workspace, journey, draft.shards);
  const published = await readJourney(tx, workspace, journey);
  return published ? ok(published) : refuse("not_found");
}

/** The draft as a document without errors; else the first of them, at its place. */
export async function soundDraft(
  tx: Tx,
  workspace: WorkspaceId,
  draft: unknown,
  now: Date,
  journey: JourneyId,
): Promise<Outcome<JourneyDocument>> {
  const { document, problems } = await inspectDraft(tx, workspace, draft, now, journey);
  const errors = problems.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (!first && document) return ok(document);
  return refuse(
    "has_problems",
    `${errors.length === 1 ? "" : `${errors.length} problems; the first: `}${first?.says.en ?? ""}`,
    first && placeOf(first),
  );
}

/** A node's id leads to the place in its config. */
const placeOf = ({ node, path = [] }: Problem): (string | number)[] => (node === undefined ? path : [node, ...path]);

/** The plan under the next version number; a plan that was published before keeps its own. The journey's row is locked. */
async function storePlan(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  document: JourneyDocument,
  by: string,
  now: Date,
): Promise<Plan> {
  const last = await tx.one<{ version: number }>(sql`
    SELECT coalesce(max(version), 0) AS version FROM plan WHERE workspace_id = ${workspace} AND journey_id = ${journey}`);
  const plan = compile(document, { workspace, journey, version: (last?.version ?? 0) + 1 });
  const known = await tx.one<{ body: Plan }>(
    sql`SELECT body FROM plan WHERE workspace_id = ${workspace} AND id = ${plan.id}`,
  );
  if (known) return known.body;
  await tx.run(sql`
    INSERT INTO plan (workspace_id, id, journey_id, version, document, body, published_by, published_at)
    VALUES (${workspace}, ${plan.id}, ${journey}, ${plan.version}, ${json(document)}, ${json(plan)}, ${by}, ${now})`);
  return plan;
}
