import type { MemberId } from "@/core/ids";
import type { Effect } from "@/core/journey/effects/effect";
import { MOST_BALANCE } from "@/core/loyalty/points-account";
import { depthAfter } from "@/core/plan/control";
import type { Refusal } from "@/core/refusals";
import { addPoints as add } from "../../points/add";
import type { Run } from "../run";
import type { Apply, At } from "./apply";

/** Runs whose points would pass the ledger's largest balance, known before a coupon of the same reward is written. */
export function foreseen(
  { members }: Pick<At, "members">,
  steps: readonly { run: Run; move: { effects: readonly Effect[] } }[],
): Map<Run, Refusal> {
  const refused = new Map<Run, Refusal>();
  const sums = new Map<MemberId, number>();
  for (const { run, move } of steps) {
    const more = move.effects.reduce((sum, effect) => sum + (effect.type === "addPoints" ? effect.points : 0), 0);
    if (more === 0) continue;
    const sum = (sums.get(run.member) ?? members.get(run.member)?.points ?? 0) + more;
    if (sum > MOST_BALANCE) refused.set(run, "over_cap");
    else sums.set(run.member, sum);
  }
  return refused;
}

export const addPoints: Apply<"addPoints"> = async (tx, { workspace, now, zone }, grants) => {
  const added = await add(
    tx,
    workspace,
    grants.map(({ run, step, effect }) => ({
      member: run.member,
      points: effect.points,
      reason: effect.reason,
      run: run.id,
      step,
      depth: depthAfter(run),
    })),
    now,
    zone,
  );
  return added.map((one, i) => (one.ok ? { ok: true, points: grants[i]?.effect.points ?? 0 } : one));
};
