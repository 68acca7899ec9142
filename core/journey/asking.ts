import type { Go, Step } from "../plan/step";
import type { Rule } from "../rules/rule";
import type { Effect } from "./effects/effect";

type Case = { port: string; when: Rule };

/**
 * The steps of a node that asks somebody and waits: the request, the wait for its closing event, what came back taken into the run, and
 * the way out by it. When nobody answers the request is closed. `on`: the event that closes it; `cases`: tried in order.
 */
export function asking(
  effects: Effect[],
  {
    on,
    within,
    cases,
    otherwise,
    late,
  }: { on: string; within: string; cases: Case[]; otherwise: string; late: string },
): { start: Step } & Record<string, Step> {
  const answered: Go = { step: "answered" };
  return {
    start: { op: "apply", effects, done: { step: "asked" }, refused: {} },
    asked: {
      op: "wait",
      first: [
        { on, when: { field: "event.task_id", is: "eq", value: { field: "here.task" } }, go: answered },
        { until: { after: within }, go: { step: "late" } },
      ],
    },
    answered: { op: "apply", effects: [{ type: "takeAnswer", of: "task" }], done: { step: "way" }, refused: {} },
    way: {
      op: "choose",
      cases: cases.map(({ port, when }) => ({ when, go: { port } })),
      otherwise: { port: otherwise },
    },
    late: { op: "apply", effects: [{ type: "closeTask" }], done: { port: late }, refused: {} },
  };
}
