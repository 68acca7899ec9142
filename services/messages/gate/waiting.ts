import type { MemberId, MessageId, PlanId, StepId } from "@/core/ids";
import type { Purpose } from "@/core/message/channel";
import type { EventFacts, RunVars } from "@/core/rules/facts";

/** A message in the queue, as its claimer reads it. */
export type Waiting = {
  id: MessageId;
  memberId: MemberId;
  purpose: Purpose;
  category: string | null;
  quiet: "hold" | "drop" | null;
  priority: number;
  isBulk: boolean;
  attempts: number;
  expiresAt: Date;
  plan: PlanId | null;
  step: StepId | null;
  effect: number | null;
  content: Record<string, unknown> | null;
  variables: RunVars;
  entry: EventFacts | null;
  journey: string | null;
  journeyState: string | null;
  reason: string | null;
  /** The run that wrote it was taken from its way meanwhile: a promotion of it is news of yesterday. Absent = no run, or it was not. */
  hasLeft?: boolean;
};

/** The plans by whose rules its member was found: that of its journey, and those of the journeys that led to it. */
export const plansBehind = ({ plan, entry }: Pick<Waiting, "plan" | "entry">): PlanId[] => [
  ...(plan === null ? [] : [plan]),
  ...(entry?.through ?? []),
];
