import type { StepId } from "../ids";
import type { Effect } from "../journey/effects/effect";
import type { Refusal } from "../refusals";
import type { Rule } from "../rules/rule";

/** Out of the node by one of its ports, or on to another step inside the same node. */
export type Go = { port: string } | { step: string };
/** An instant, told relative to something a run knows. Durations are ISO 8601 (P7D, PT10M). */
export type Moment = { after: string } | { at: string };

/**
 * The five operations every node kind compiles to. Engine, simulator, backtest, cost bound and explain switch on
 * these, closed by `never`, and on nothing else.
 */
export type Step =
  | { op: "choose"; cases: { when: Rule; go: Go }[]; otherwise: Go }
  | { op: "split"; experiment: string; shares: { weight: number; go: Go }[] }
  | { op: "apply"; effects: Effect[]; done: Go; refused: Partial<Record<Refusal, Go>> }
  | { op: "wait"; first: Waiting[] }
  | { op: "end"; as: "goal" | "exit" | "done" };

export type Waiting = { on: string; when: Rule; go: Go } | { until: Moment; go: Go };

/** What a step was compiled to, with its local names resolved. `to: null` = the drawing ends here. */
export type Target = { port: string; to: StepId | null; back: boolean };
