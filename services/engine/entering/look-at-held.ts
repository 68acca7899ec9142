import type { MemberId, WorkspaceId } from "@/core/ids";
import { asksTheClock } from "@/core/plan/look";
import type { Plan } from "@/core/plan/plan";
import type { MemberFacts } from "@/core/rules/facts";
import { sql, type Tx } from "@/platform/db";
import { loadMembers } from "../../members/load";
import { askedByPlans } from "../../plans/plans";
import { factsOf } from "../leg";
import { firstLook } from "../look";
import type { Run } from "../run";

/**
 * Notes when the clock alone may next bring held runs, which no leg ever parks, to their goal or to an exit: both arms are measured alike. Costs
 * nothing where the plan asks the clock for neither. `members`: those that the caller has loaded; absent = they are read.
 */
export async function lookAtHeld(
  tx: Tx,
  at: { workspace: WorkspaceId; now: Date; zone: string },
  plan: Plan,
  runs: readonly Run[],
  members?: ReadonlyMap<MemberId, MemberFacts>,
): Promise<void> {
  const held = runs.filter(({ step, state }) => state === "held" && asksTheClock(plan, { step, state }));
  if (held.length === 0) return;
  const load = { members: members ?? (await read(tx, at, plan, held)) };
  for (const run of held) run.lookAt = firstLook(run, "held", plan, () => factsOf(run, load, at, at.now));
  tx.push(sql`
    UPDATE run SET look_at = h.look_at FROM unnest(${held.map(({ id }) => id)}::uuid[], ${held.map((run) => run.lookAt)}::timestamptz[]) AS h(id, look_at)
    WHERE run.workspace_id = ${at.workspace} AND run.id = h.id`);
}

const read = (
  tx: Tx,
  { workspace, now, zone }: { workspace: WorkspaceId; now: Date; zone: string },
  plan: Plan,
  held: readonly Run[],
): Promise<ReadonlyMap<MemberId, MemberFacts>> =>
  loadMembers(
    tx,
    workspace,
    held.map(({ member }) => member),
    askedByPlans([plan], now, zone),
  );
