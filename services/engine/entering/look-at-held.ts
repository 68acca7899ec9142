import type { MemberId, RunId, StepId } from "@/core/ids";
import { asksTheClock } from "@/core/plan/look";
import type { Plan } from "@/core/plan/plan";
import type { EventFacts, MemberFacts } from "@/core/rules/facts";
import { zoneOfMember } from "@/core/time/zone-of";
import type { Tx } from "@/platform/db";
import { loadMembers } from "../../members/load";
import { askedByPlans } from "../../plans/plans";
import { firstLook } from "../look";
import type { At } from "./due";

type Entering = { id: RunId; member: MemberId; event: EventFacts; held: { days: number } | null };

/**
 * When the clock alone may first bring held runs, which no leg ever parks, to their goal or to an exit: both arms are measured alike. Costs nothing
 * where the plan asks the clock for neither. `members`: those that the caller has loaded; absent = they are read.
 */
export async function looksAtHeld(
  tx: Tx,
  { workspace, now, zone }: At,
  plan: Plan,
  entering: readonly Entering[],
  members?: ReadonlyMap<MemberId, MemberFacts>,
): Promise<ReadonlyMap<RunId, Date>> {
  const looks = new Map<RunId, Date>();
  const held = entering.filter((run) => run.held !== null);
  if (plan.first === null || held.length === 0 || !asksTheClock(plan, { step: plan.first, state: "held" }))
    return looks;
  const ids = held.map(({ member }) => member);
  const known = members ?? (await loadMembers(tx, workspace, ids, askedByPlans([plan], now, zone)));
  for (const { id, member: of, event, held: holding } of held) {
    const member = known.get(of);
    if (!member) throw new Error("its member is missing");
    const facts = { member, entry: event, vars: {}, now: now.getTime(), zone: zoneOfMember(zone, member) };
    const stands = { step: plan.first as StepId, dueAt: holding && endOf(holding, now) };
    const look = firstLook(stands, "held", plan, () => facts);
    if (look) looks.set(id, look);
  }
  return looks;
}

/** When a member who enters now is observed no longer. */
export const endOf = ({ days }: { days: number }, now: Date): Date => new Date(now.getTime() + days * 86_400_000);
