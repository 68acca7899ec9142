import { addPoints as add } from "../../points/add";
import type { Apply } from "./apply";

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
    })),
    now,
    zone,
  );
  return added.map((one, i) => (one.ok ? { ok: true, points: grants[i]?.effect.points ?? 0 } : one));
};
