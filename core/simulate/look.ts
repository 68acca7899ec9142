import { change } from "../change";
import { look, type Seen } from "../plan/look";
import type { SimulatedRun } from "./simulation";
import { factsOf, leaveEntry, type World } from "./world";

/**
 * Looks at a run that waits or is held, as the clock asks: what came by time alone until an instant is done to it, but a wait that is open now is
 * left by the caller. As services/engine/look.
 */
export function lookAt(world: World, run: SimulatedRun, until: number): Extract<Seen, { is: "opens" }> | null {
  const { step, lap, state, dueAt } = run;
  if ((state !== "parked" && state !== "held") || run.lookAt === null || run.lookAt > until) return null;
  const stands = { step, state, dueAt, lookAt: run.lookAt };
  const seen = look(world.scene.plan, stands, until, (at) => factsOf(world, run, at));
  switch (seen.is) {
    case "opens":
      return seen;
    case "waits":
      run.lookAt = seen.lookAt;
      return null;
    case "goal":
    case "exit":
      run.path.push({ step, lap, port: `@${seen.is}`, at: world.now, why: seen.why, effects: [] });
      if (seen.is === "goal") run.goalAt ??= world.now;
      change(run, { state: seen.is === "goal" ? "goal" : "exited", mail: [], dueAt: null, lookAt: null });
      leaveEntry(world, run);
      return null;
    default:
      return seen satisfies never;
  }
}
