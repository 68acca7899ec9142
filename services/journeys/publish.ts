import { z } from "zod";
import type { JourneyId, WorkspaceId } from "@/core/ids";
import { journeyConductor } from "@/core/ids";
import { compile } from "@/core/journey/compile";
import type { JourneyDocument } from "@/core/journey/document";
import { inspect } from "@/core/journey/inspect";
import type { Problem } from "@/core/journey/problem";
import type { Plan } from "@/core/plan/plan";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { json, sql, type Tx } from "@/platform/db";
import { signature } from "../access/actor";
import { useCase } from "../access/use-case";
import { announce } from "../rings/announce";
import { ensureConductor } from "../rings/conductors";
import { ring } from "../rings/ring";
import { contextOf } from "./context";
import { JourneyView, readJourney } from "./journey-view";

const PublishJourney = z.strictObject({
  journey: z.uuid().transform((id) => id as JourneyId),
  revision: z.int().min(1).optional().describe("publish only if the draft is still this one"),
});

type Draft = { state: string; revision: number; shards: number; document: unknown };

/**
 * Compiles the draft and makes it the journey's plan: who enters from now on follows it, runs on their way finish the plan they
 * began. The same drawing again is the same plan and version. Rings the conductors, so that the workflow stands from now on.
 */
export const publishJourney = useCase({
  may: "journey.publish",
  input: PublishJourney,
  output: JourneyView,
  audit: "journey.published",
  says: "Publish a journey's draft",
  async run({ tx, actor, now }, { journey, revision }): Promise<Outcome<JourneyView>> {
    const { workspace } = actor;
    // FOR UPDATE waits for those entering (they hold it FOR SHARE), so that nobody enters a plan that is no longer the journey's.
    const draft = await tx.one<Draft>(
      sql`SELECT state, revision, shards, document FROM journey WHERE workspace_id = ${workspace} AND id = ${journey} FOR UPDATE`,
    );
    if (!draft) return refuse("not_found", "no such journey");
    if (draft.state === "archived") return refuse("conflict", "an archived journey cannot be published; duplicate it");
    if (revision !== undefined && revision !== draft.revision)
      return refuse("revision_changed", `the stored revision is ${draft.revision}`, ["revision"]);
    const { document, problems } = inspect(draft.document, await contextOf(tx, workspace));
    const errors = problems.filter(({ severity }) => severity === "error");
    const [first] = errors;
    if (first || !document)
      return refuse(
        "has_problems",
        `${errors.length === 1 ? "" : `${errors.length} problems; the first: `}${first?.says.en ?? ""}`,
        first && placeOf(first),
      );
    const plan = await storePlan(tx, workspace, journey, document, signature(actor), now);
    await tx.run(sql`
      UPDATE journey SET state = 'live', state_reason = NULL, plan_id = ${plan.id}, version = ${plan.version}, priority = ${plan.priority}, updated_at = ${now}, published_at = ${now}
      WHERE workspace_id = ${workspace} AND id = ${journey}`);
    await ensureConductor(tx, workspace, journey, draft.shards);
    await ring(
      tx,
      workspace,
      Array.from({ length: draft.shards }, (_, shard) => journeyConductor(journey, shard)),
    );
    await announce(tx, workspace, `journey:${journey}`);
    await announce(tx, workspace, "journeys");
    const published = await readJourney(tx, workspace, journey);
    return published ? ok(published) : refuse("not_found");
  },
});

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
