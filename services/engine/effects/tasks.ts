import { nodeOf } from "@/core/ids";
import type { Staff } from "@/core/journey/parts/staff";
import { withoutLiquid } from "@/core/message/liquid-text";
import type { Scope } from "@/core/message/scope";
import { later } from "@/core/time/duration";
import { newId } from "@/platform/ids";
import { fillText } from "../../messages/content/render";
import { expireTasks, openTasks } from "../../tasks/open";
import type { Apply } from "./apply";
import { scopes } from "./scopes";

const LONGEST_TITLE = 300;
const LONGEST_INSTRUCTIONS = 4000;

/** Due at the instant at which the run's wait for it ends. A template that fails is shown without its values: the task matters more. */
export const openTask: Apply<"openTask"> = async (tx, at, grants) => {
  const { workspace, now, members } = at;
  const scopeFor = await scopes(tx, at);
  const opened = grants.map(({ run, step, lap, effect }) => {
    const scope = scopeFor(run);
    const { escalation } = effect;
    const zone = scope.timeZone;
    return {
      id: newId(now.getTime()),
      kind: effect.kind,
      member: run.member,
      journey: run.journey,
      run: run.id,
      step,
      lap,
      title: filled(effect.title, scope, LONGEST_TITLE) || effect.kind,
      instructions: filled(effect.instructions, scope, LONGEST_INSTRUCTIONS),
      severity: effect.severity,
      role: effect.role,
      store:
        effect.store === "entry"
          ? scopeFor.storeOf(run)
          : effect.store === "joined"
            ? (members.get(run.member)?.joinedStore ?? null)
            : null,
      escalateAt: escalation.is === "after" ? new Date(later(now.getTime(), escalation.duration, zone)) : null,
      escalateTo: escalation.is === "after" ? (escalation.role satisfies Staff) : null,
      outcomes: effect.outcomes,
      questions: effect.questions,
      dueAt: new Date(later(now.getTime(), effect.within, zone)),
    };
  });
  await openTasks(tx, workspace, opened, now);
  return opened.map(({ id, kind }) => ({ ok: true, task: id, ...(kind === "survey" && { survey: id }) }));
};

function filled(template: string, scope: Scope, most: number): string {
  const text = fillText(template, scope, most);
  return (text.ok ? text.value : withoutLiquid(template)).trim().slice(0, most);
}

export const closeTask: Apply<"closeTask"> = async (tx, { workspace, now }, grants) => {
  const ids = grants.flatMap(({ run, step }) => run.vars[nodeOf(step)]?.task ?? []);
  await expireTasks(tx, workspace, ids, now);
  return grants.map(() => ({ ok: true }));
};
