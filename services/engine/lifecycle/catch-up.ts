import type { WorkspaceId } from "@/core/ids";
import type { Tx } from "@/platform/db";
import { loadMembers } from "../../members/load";
import { askedByPlans, loadPlans } from "../../plans/plans";
import type { Run } from "../run";
import { type Line, saveLastLines, saveTraffic, Traffic } from "../write";
import type { Held } from "./lock";
import { behind, mapRuns } from "./map-runs";

/**
 * Takes locked runs of one journey through the publishes they are behind. Returns those it changed: the caller saves them, with what else it
 * does to them.
 */
export async function catchUp(
  tx: Tx,
  workspace: WorkspaceId,
  journey: Held,
  runs: readonly Run[],
  now: Date,
): Promise<readonly Run[]> {
  const plans = await loadPlans(
    tx,
    workspace,
    runs.map((run) => run.plan),
  );
  const late = await behind(tx, workspace, runs, () => journey.mappings, plans);
  if (!late) return [];
  const members = await loadMembers(
    tx,
    workspace,
    late.runs.map((run) => run.member),
    askedByPlans(plans.values(), now, journey.zone),
  );
  const lines: Line[] = [];
  const traffic = new Traffic();
  const changed = await mapRuns(tx, late, { workspace, now, zone: journey.zone, plans, members, lines, traffic });
  saveLastLines(tx, workspace, lines, now);
  saveTraffic(tx, workspace, traffic.all(), now);
  return changed;
}
