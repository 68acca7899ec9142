import { z } from "zod";
import { nodeOf, type RunId, type StepId, type WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { sql, type Tx } from "@/platform/db";
import { type Drawing, drawnStep } from "./drawn";
import { NamedStep, named } from "./named-step";

export const Handling = z.object({
  did: z.enum(["publish", "wake", "move", "retry", "skip", "exit", "stop"]),
  from: z.string(),
  to: z.string().nullable(),
  fromStep: NamedStep,
  toStep: NamedStep.nullable(),
  by: z.string().nullable().describe("the name of the person or the API key; null: the system, or it is gone"),
  job: z.string().nullable(),
  at: Instant,
});
export type Handling = z.infer<typeof Handling>;

/** What was done to a run from outside, by its steps. */
export type Handled = Pick<Handling, "did" | "by" | "job" | "at"> & { from: StepId; to: StepId | null };

/** Oldest first. By the primary key of handling. */
export const readHandled = (tx: Tx, workspace: WorkspaceId, run: RunId): Promise<Handled[]> =>
  tx.rows<Handled>(sql`
    SELECT h.did, h.from_step AS from, h.to_step AS to, coalesce(u.name, k.name) AS by, h.job_id AS job, h.at
    FROM handling h
    LEFT JOIN "user" u ON h.by = 'user:' || u.id
    LEFT JOIN api_key k ON k.workspace_id = h.workspace_id AND h.by = 'key:' || k.id
    WHERE h.workspace_id = ${workspace} AND h.run_id = ${run} ORDER BY h.at, h.id`);

/** As the run's page tells it: by nodes, and what those are called. */
export function inNodes(handled: readonly Handled[], drawings: Drawing[]): Handling[] {
  const step = (id: StepId) => named(nodeOf(id), drawnStep(id, drawings).node);
  return handled.map(({ from, to, ...row }) => ({
    ...row,
    from: nodeOf(from),
    to: to && nodeOf(to),
    fromStep: step(from),
    toStep: to && step(to),
  }));
}
