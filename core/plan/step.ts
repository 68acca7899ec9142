import type { StepId } from "../ids";
import type { Effect } from "../journey/effects/effect";
import type { Refusal } from "../refusals";
import type { Rule } from "../rules/rule";
import type { Window } from "../time/window";
import type { Returning } from "../time/yearly";

/** Out of the node by one of its ports, or on to another step inside the same node. */
export type Go = { port: string } | { step: string };
/** An instant, told relative to something a run knows. Durations are ISO 8601 (P7D, PT10M), times of day `HH:MM` in the member's zone. */
export type Moment =
  /** `from: "leaving"`: counted from when quiet hours let the node's message leave, where they held it. */
  | { after: string; from?: "leaving" }
  | { at: string }
  /** The day of a date or instant that a field names, some days later (negative: before), at a time of day; `yearly`: its next return by that calendar. */
  | { date: string; days: number; time: string; yearly?: Returning }
  /** Now, inside the window; else when it next begins. */
  | { window: Window };

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

/** The ways out of a wait; the first that opens is taken. */
export type Waiting =
  | { on: string; when: Rule; go: Go }
  /** Open at once where the rule holds, else after the first event of the member after which it does, or when time alone makes it true. */
  | { holds: Rule; go: Go }
  /** `past`: the moment lay before the wait began; `absent`: its date is missing. Untold, a past moment is due at once and a missing one never comes. */
  | { until: Moment; go: Go; past?: Go; absent?: Go };

/** What a step was compiled to, with its local names resolved. `to: null` = the drawing ends here. */
export type Target = { port: string; to: StepId | null; back: boolean };
