import { endOf } from "@/core/journey/parts/end";
import { depthAfter } from "@/core/plan/control";
import { setTiers } from "../../members/tier";
import type { Apply } from "./apply";

export const changeTier: Apply<"changeTier"> = async (tx, { workspace, now, zone }, grants) => {
  await setTiers(
    tx,
    workspace,
    grants.map(({ run, step, effect }) => ({
      member: run.member,
      tier: effect.tier,
      reason: effect.reason,
      source: `journey:${run.journey}`,
      until: endOf(effect.end, now, zone),
      run: run.id,
      step,
      depth: depthAfter(run),
    })),
    now,
  );
  return grants.map(() => ({ ok: true }));
};
