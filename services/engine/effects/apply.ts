import type { MemberId, StepId, WorkspaceId } from "@/core/ids";
import type { EffectOf, EffectType } from "@/core/journey/effects/effect";
import type { Plan } from "@/core/plan/plan";
import type { Refusal } from "@/core/refusals";
import type { MemberFacts, NodeVars } from "@/core/rules/facts";
import type { Tx } from "@/platform/db";
import type { Shelf } from "../../offers/shelf";
import type { Run } from "../run";

/** One effect of one run's step. (run, step, lap, index) is its key: the journal holds the first three. */
export type Grant<T extends EffectType> = {
  run: Run;
  plan: Plan;
  step: StepId;
  lap: number;
  index: number;
  effect: EffectOf<T>;
};
/** What the run remembers of it, or why it was refused. */
export type Applied = ({ ok: true } & Omit<NodeVars, "order">) | { ok: false; reason: Refusal };
/**
 * `shelf`: the offers that the batch's legs can come to; what they gave is counted at the transaction's end, once. `members`: as the steps
 * before left them.
 */
export type At = {
  workspace: WorkspaceId;
  now: Date;
  zone: string;
  shelf: Shelf;
  members: ReadonlyMap<MemberId, MemberFacts>;
};

/**
 * Does one type of effect for a set of runs, in the caller's transaction, one statement a table where it can. Answers in the order of
 * the grants. Members are locked already. All grants of one run are refused together or given together.
 */
export type Apply<T extends EffectType> = (tx: Tx, at: At, grants: readonly Grant<T>[]) => Promise<Applied[]>;
