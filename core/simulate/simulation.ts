import type { Mail } from "../events/inbox-event";
import type { StepId } from "../ids";
import type { Effect } from "../journey/effects/effect";
import type { Because } from "../plan/because";
import type { Explanation } from "../rules/explain";
import type { EventFacts, NodeVars, RunVars } from "../rules/facts";

/** One step that a run left. `port`: by which way, as the journal has it; `why`: what was wanted and found. Instants are epoch milliseconds. */
export type Passage = { step: StepId; lap: number; port: string; at: number; why?: unknown; effects: readonly Given[] };

/** An effect that the engine would have applied, and what the run remembers of it. */
export type Given = { effect: Effect; gave: Omit<NodeVars, "order"> };

/** One passage through the journey, as the engine's row would have it. */
export type SimulatedRun = {
  id: string;
  key: string;
  entry: EventFacts;
  /** Why the journey took the member; null where it takes everybody. */
  entryWhy: Explanation | null;
  enteredAt: number;
  state: "ready" | "parked" | "held" | "goal" | "done" | "exited" | "failed";
  step: StepId;
  lap: number;
  /** Ready after a wait: the port by which it leaves it. */
  port: string | null;
  readyEvent: string | null;
  /** What the event was asked for, and what it brought. */
  readyWhy: Because;
  /** Since when it is ready. */
  readyAt: number;
  isBulk: boolean;
  parkedAt: number | null;
  dueAt: number | null;
  /** When a rule that it lives under may next come true by the clock alone. */
  lookAt: number | null;
  mail: Mail[];
  vars: RunVars;
  goalAt: number | null;
  goalValue: number | null;
  reason: string | null;
  path: Passage[];
};

export type AwayReason =
  | "excluded"
  | "re_entry"
  | "limit_member"
  | "limit_total"
  | "limit_daily"
  | "limit_live"
  | "too_deep";

/** A trigger took the member, and did not let them in. */
export type TurnedAway = { at: number; event: EventFacts; reason: AwayReason };
