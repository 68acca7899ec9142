import { change } from "@/core/change";
import { asksTheClock, look, nextLook, type Seen } from "@/core/plan/look";
import type { Plan } from "@/core/plan/plan";
import type { Facts } from "@/core/rules/facts";
import type { Run } from "./run";
import type { Moved } from "./write";

/**
 * Looks at a run that waits or is held, as the clock asks: what came by time alone until an instant (epoch milliseconds) is set on it, but a wait
 * that is open now is left by the caller, by the port that is returned. `facts`: the member as the events accepted until then left them.
 */
export function lookAt(
  run: Run,
  plan: Plan,
  { until, now, facts }: { until: number; now: Date; facts: (at: Date) => Facts },
  moved: Moved,
): Extract<Seen, { is: "opens" }> | null {
  if ((run.state !== "parked" && run.state !== "held") || run.lookAt === null || run.lookAt.getTime() > until)
    return null;
  const { step, state } = run;
  const stands = { step, state, dueAt: run.dueAt?.getTime() ?? null, lookAt: run.lookAt.getTime() };
  const seen = look(plan, stands, until, (at) => facts(new Date(at)));
  switch (seen.is) {
    case "opens":
      return seen;
    case "waits":
      run.lookAt = seen.lookAt === null ? null : new Date(seen.lookAt);
      return null;
    case "goal":
    case "exit":
      moved.lines.push({ run: run.id, step, lap: run.lap, port: `@${seen.is}`, why: seen.why });
      // A held run stands at no step of the drawing.
      if (state !== "held") moved.traffic.add(run, step, `@${seen.is}`);
      if (seen.is === "goal") run.goalAt ??= now;
      change(run, { state: seen.is === "goal" ? "goal" : "exited", mail: [], dueAt: null });
      return null;
    default:
      return seen satisfies never;
  }
}

/** When the clock alone may first bring a run somewhere that waits from now on, or is held; null = nowhere. `facts` are asked for only where it may. */
export function firstLook(
  { step, dueAt }: Pick<Run, "step" | "dueAt">,
  state: "parked" | "held",
  plan: Plan,
  facts: () => Facts,
): Date | null {
  const stands = { step, state, dueAt: dueAt?.getTime() ?? null };
  if (!asksTheClock(plan, stands)) return null;
  const first = nextLook(plan, stands, facts());
  return first === null ? null : new Date(first);
}
