import { nodeOf } from "@/core/ids";
import { later } from "@/core/time/duration";
import { newId } from "@/platform/ids";
import { expireTasks, openTasks } from "../../tasks/open";
import type { Apply } from "./apply";
import { scopes } from "./scopes";
import { wordsOf } from "./task-words";

/** Due at the instant at which the run's wait for it ends. */
export const openTask: Apply<"openTask"> = async (tx, at, grants) => {
  const { workspace, now, members } = at;
  const scopeFor = await scopes(tx, at);
  const opened = grants.map(({ run, step, lap, effect }) => ({
    ...wordsOf(effect, run, { scopeFor, members, since: now }),
    id: newId(now.getTime()),
    kind: effect.kind,
    member: run.member,
    journey: run.journey,
    run: run.id,
    step,
    lap,
    outcomes: effect.outcomes,
    questions: effect.questions,
    dueAt: new Date(later(now.getTime(), effect.within, scopeFor(run).timeZone)),
  }));
  await openTasks(tx, workspace, opened, now);
  return opened.map(({ id, kind }) => ({ ok: true, task: id, ...(kind === "survey" && { survey: id }) }));
};

export const closeTask: Apply<"closeTask"> = async (tx, { workspace, now }, grants) => {
  const ids = grants.flatMap(({ run, step }) => run.vars[nodeOf(step)]?.task ?? []);
  await expireTasks(tx, workspace, ids, now);
  return grants.map(() => ({ ok: true }));
};
