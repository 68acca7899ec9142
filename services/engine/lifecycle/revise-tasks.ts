import { nodeOf, stepId } from "@/core/ids";
import { START } from "@/core/journey/asking";
import type { EffectOf } from "@/core/journey/effects/effect";
import { sameSteps } from "@/core/plan/map-forward";
import type { Plan } from "@/core/plan/plan";
import type { Tx } from "@/platform/db";
import { openedAt, reviseTasks } from "../../tasks/follow";
import type { At } from "../effects/apply";
import { scopes } from "../effects/scopes";
import { wordsOf } from "../effects/task-words";
import type { Run } from "../run";

/** A task that waits at a node which a publish changed: as the node opened it, and as it would open it now. */
export type Revised = { run: Run; before: EffectOf<"openTask">; after: EffectOf<"openTask"> };

/** The task of a run that goes on at its node by another plan; undefined: none, or the node opens it as before. */
export function revisedBy(run: Run, from: Plan, to: Plan): (Revised & { task: string }) | undefined {
  const node = nodeOf(run.step);
  const task = run.vars[node]?.task;
  if (task === undefined || sameSteps(from, to).has(stepId(node, START))) return undefined;
  const [before, after] = [opensAt(from, node), opensAt(to, node)];
  return before && after?.kind === before.kind ? { task, run, before, after } : undefined;
}

/** What a node opens; undefined: no task. */
export function opensAt(plan: Plan, node: string): EffectOf<"openTask"> | undefined {
  const start = plan.steps[stepId(node, START)];
  return start?.op === "apply" ? start.effects.find((effect) => effect.type === "openTask") : undefined;
}

/**
 * Open tasks are whose, and say, what was published: whose role they are and when that escalates, counted from when they were opened; a text only where
 * its template is another one. By id; the caller holds the runs' locks.
 */
export async function reviseOpen(
  tx: Tx,
  at: Pick<At, "workspace" | "now" | "members">,
  revised: ReadonlyMap<string, Revised>,
): Promise<void> {
  if (revised.size === 0) return;
  const since = await openedAt(tx, at.workspace, [...revised.keys()]);
  if (since.size === 0) return;
  const scopeFor = await scopes(tx, at);
  const revisions = [...since].flatMap(([id, since]) => {
    const one = revised.get(id);
    if (!one) return [];
    const { run, before, after } = one;
    const words = wordsOf(after, run, { scopeFor, members: at.members, since });
    return {
      ...words,
      id,
      title: after.title === before.title ? null : words.title,
      instructions: after.instructions === before.instructions ? null : words.instructions,
    };
  });
  reviseTasks(tx, at.workspace, revisions);
}
