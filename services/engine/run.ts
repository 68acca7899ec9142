import type { Mail } from "@/core/events/inbox-event";
import type { JourneyId, MemberId, PlanId, RunId, StepId } from "@/core/ids";
import type { Because } from "@/core/plan/because";
import type { EventFacts, RunVars } from "@/core/rules/facts";
import { sql } from "@/platform/db";

/** ready: work for its conductor; parked: waits; held: kept out, hears goals and exits only; the others are ends. */
export type RunState = "ready" | "parked" | "held" | "goal" | "done" | "exited" | "failed";
/** When the clock next asks for it, epoch milliseconds: its time is up, or a look at it is due. */
export const nextInstantOf = ({ dueAt, lookAt }: Pick<Run, "dueAt" | "lookAt">): number =>
  Math.min(dueAt?.getTime() ?? Number.POSITIVE_INFINITY, lookAt?.getTime() ?? Number.POSITIVE_INFINITY);
export const isLive = (state: RunState): boolean => state === "ready" || state === "parked" || state === "held";

/**
 * What made it ready. By `move`, `retry` or `publish` it may stand where it has been before; by `skip` it passes over the effects on its
 * way to the next wait.
 */
export type ReadyBy = "entry" | "event" | "timer" | "publish" | "resume" | "broadcast" | "move" | "retry" | "skip";

/** One member's passage through one journey, as its row has it. */
export type Run = {
  id: RunId;
  journey: JourneyId;
  shard: number;
  member: MemberId;
  plan: PlanId;
  key: string;
  step: StepId;
  lap: number;
  state: RunState;
  /** Ready after a wait: the port it leaves by. null: act the step anew. */
  port: string | null;
  readyBy: ReadyBy | null;
  readyEvent: string | null;
  /** What that event was asked for, and what it brought; without one, the rule of its wait that time alone made true. */
  readyWhy: Because | null;
  readyOrder: number | null;
  isBulk: boolean;
  dueAt: Date | null;
  /** While it waits or is held, and of no meaning else: when a rule that it lives under may next come true by the clock alone. Early at worst, never late. */
  lookAt: Date | null;
  parkedAt: Date | null;
  mail: Mail[];
  entry: EventFacts;
  vars: RunVars;
  goalAt: Date | null;
  goalValue: number | null;
  reason: string | null;
  /** The number of the last publish of its journey that it has been through. */
  mapped: number;
};

/** The columns of a Run, for every SELECT that loads one. */
export const RUN_COLUMNS = sql`
  r.id, r.journey_id AS journey, r.shard, r.member_id AS member, r.plan_id AS plan, r.entry_key AS key, r.step, r.lap, r.state,
  r.port, r.ready_by AS "readyBy", r.ready_event AS "readyEvent", r.ready_why AS "readyWhy", r.ready_order AS "readyOrder", r.is_bulk AS "isBulk", r.due_at AS "dueAt", r.look_at AS "lookAt", r.parked_at AS "parkedAt",
  r.mail, r.entry_event AS entry, r.vars, r.goal_at AS "goalAt", r.goal_value AS "goalValue", r.reason, r.mapped`;
