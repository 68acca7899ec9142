import type { Go, Step } from "../plan/step";
import type { Rule } from "../rules/rule";
import type { Text } from "../text";
import type { Effect } from "./effects/effect";
import type { InnerStep } from "./inner-step";

/** Of the steps below the one that asks, and the one that waits for the answer. */
export const START = "start";
export const ASKED = "asked";

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
    [START]: { op: "apply", effects, done: { step: ASKED }, refused: {} },
    [ASKED]: {
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

/** What the steps of `asking` do. `ask`, `wait`, `close`: the request itself in words; `came`: its answer; `unheard`: where its message may not arrive. */
export const askingSteps = (
  { ask, wait, came, close }: { ask: Text; wait: Text; came: Text; close: Text },
  more: { unheard?: true } = {},
): Record<string, InnerStep> => ({
  start: { does: ask },
  asked: {
    does: wait,
    ways: {
      answered: came,
      late: { en: "time is up", "zh-CN": "超时" },
      ...(more.unheard && { unheard: { en: "the message did not arrive", "zh-CN": "消息未送达" } }),
    },
  },
  answered: { does: { en: "Note the answer", "zh-CN": "记录答复" } },
  way: { does: { en: "Go on by the answer", "zh-CN": "按答复继续" } },
  late: { does: close },
  ...(more.unheard && { unheard: { does: close } }),
});
