import type { Go, Step } from "../plan/step";
import type { Rule } from "../rules/rule";
import type { Effect } from "./effects/effect";

type Case = { port: string; when: Rule };

const ITS_MESSAGE: Rule = { field: "event.message_id", is: "eq", value: { field: "here.message" } };

/**
 * The steps of a node that asks somebody and waits: the request, the wait for its closing event, what came back taken into the run, and
 * the way out by it. When nobody answers the request is closed, and with `unheard` (a port) as soon as its message turns out not to have arrived.
 * `on`: the event that closes it; `cases`: tried in order.
 */
export function asking(
  effects: Effect[],
  {
    on,
    within,
    cases,
    otherwise,
    late,
    unheard,
  }: { on: string; within: string; cases: Case[]; otherwise: string; late: string; unheard?: string },
): { start: Step } & Record<string, Step> {
  const answered: Go = { step: "answered" };
  const more: Record<string, Step> =
    unheard === undefined
      ? {}
      : { unheard: { op: "apply", effects: [{ type: "closeTask" }], done: { port: unheard }, refused: {} } };
  return {
    start: { op: "apply", effects, done: { step: "asked" }, refused: {} },
    asked: {
      op: "wait",
      first: [
        { on, when: { field: "event.task_id", is: "eq", value: { field: "here.task" } }, go: answered },
        ...(unheard === undefined
          ? []
          : ["message_failed", "message_bounced"].map((name) => ({
              on: name,
              when: ITS_MESSAGE,
              go: { step: "unheard" },
            }))),
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
    ...more,
  };
}
