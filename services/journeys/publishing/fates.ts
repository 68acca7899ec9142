import { z } from "zod";
import type { StepId, WorkspaceId } from "@/core/ids";
import { nodeOf } from "@/core/ids";
import type { JourneyDocument } from "@/core/journey/document";
import { rootOf } from "@/core/journey/rooted";
import { type Fate, type Fates, isNode, usualFates } from "@/core/plan/map-forward";
import type { Plan } from "@/core/plan/plan";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";

/** What becomes of the members at one node, in the ids that the drawings show: `to` is a node of the draft. */
export const FateInput = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("stay") }),
  z.strictObject({ is: z.literal("exit") }),
  z.strictObject({ is: z.literal("move"), to: z.string().max(64) }),
]);
export const Moves = z
  .record(z.string().max(64), FateInput)
  .describe(
    "by node of the published version; a node that is not named keeps its members, or lets them finish what they began when it is gone",
  );

export type Moves = z.output<typeof Moves>;

type Drawn = { plan: Plan; document: JourneyDocument };

/** The fates of all nodes of the plan before: as chosen, else as usual. Refuses a node that neither drawing has. */
export function fatesOf(from: Drawn, to: Drawn, moves: Moves): Outcome<Fates> {
  const fates = usualFates(from.plan, to.plan);
  for (const [node, chosen] of Object.entries(moves)) {
    const root = rootIn(from.document, node);
    if (!Object.hasOwn(fates, root))
      return refuse("invalid", `the published version has no node "${node}" where members can stand`, ["moves", node]);
    const fate: Fate = chosen.is === "move" ? { is: "move", to: rootIn(to.document, chosen.to) } : chosen;
    if (fate.is === "move" && !isNode(to.plan, fate.to))
      return refuse(
        "invalid",
        `the draft has no node "${chosen.is === "move" ? chosen.to : ""}" where members can go on`,
        ["moves", node, "to"],
      );
    fates[root] = fate;
  }
  return ok(fates);
}

const rootIn = (document: JourneyDocument, id: string): string => {
  const node = document.nodes.find((one) => one.id === id);
  return node ? rootOf(node) : id;
};

/** Live runs on a plan by the root id of the node they stand at. By run_step. */
export async function standingOn(
  tx: Tx,
  workspace: WorkspaceId,
  plan: Plan,
): Promise<Map<string, { waiting: number; ready: number }>> {
  const rows = await tx.rows<{ step: StepId; waiting: number; ready: number }>(sql`
    SELECT step, count(*) FILTER (WHERE state = 'parked')::int AS waiting, count(*) FILTER (WHERE state = 'ready')::int AS ready FROM run
    WHERE workspace_id = ${workspace} AND journey_id = ${plan.journey} AND state IN ('ready', 'parked') AND plan_id = ${plan.id} GROUP BY step`);
  const standing = new Map<string, { waiting: number; ready: number }>();
  for (const { step, waiting, ready } of rows) {
    const known = standing.get(nodeOf(step));
    standing.set(nodeOf(step), { waiting: waiting + (known?.waiting ?? 0), ready: ready + (known?.ready ?? 0) });
  }
  return standing;
}

/** Whether a holdout keeps anybody on a plan out, who goes along with a publish at no node. By run_step. */
export async function areHeldOn(tx: Tx, workspace: WorkspaceId, { journey, id }: Plan): Promise<boolean> {
  const held = await tx.one(sql`
    SELECT FROM run WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND state = 'held' AND plan_id = ${id} LIMIT 1`);
  return held !== undefined;
}
