import { journeyConductor, type WorkspaceId } from "@/core/ids";
import type { Tx } from "@/platform/db";
import { ringing } from "../rings/ring";
import type { Run } from "./run";

/** Rings the conductors of runs that became ready, or that wait for an earlier instant now. Who is held walks nowhere, and needs one only to be looked at. */
export function ringFor(tx: Tx, workspace: WorkspaceId, runs: readonly Run[]): void {
  const conductors = new Set(
    runs
      .filter(({ state, lookAt }) => state !== "held" || lookAt !== null)
      .map((run) => journeyConductor(run.journey, run.shard)),
  );
  if (conductors.size > 0) tx.push(ringing(workspace, [...conductors]));
}
