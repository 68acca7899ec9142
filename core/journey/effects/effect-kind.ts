import type { z } from "zod";
import type { OfferNames } from "../../loyalty/offer-name";
import type { EventFacts, MemberFacts, NodeVars } from "../../rules/facts";
import type { Telling } from "../telling";
import type { EffectOf, EffectType } from "./effect";

/** The most that one execution of an effect can cost. Coupons by offer: what one is worth is the offer's affair. */
export type Bound = {
  coupons: Record<string, number>;
  points: number;
  messages: { sms: number; email: number; push: number };
};
export const NOTHING: Bound = { coupons: {}, points: 0, messages: { sms: 0, email: 0, push: 0 } };

/** What a pretence may look up and number with, so that the simulator touches no ledger. */
export type Stage = {
  now: number;
  sequence: number;
  offer(id: string): { name: string; names?: OfferNames; expiresAt: number | null } | undefined;
  /** When quiet hours let a message leave; undefined = at once. */
  leavingAt(effect: EffectOf<"sendMessage">): number | undefined;
};

/** What core knows of an effect. Applied by services/engine/effects. Methods, so that the registry needs no `any`. */
export type EffectKind<T extends EffectType> = {
  schema: z.ZodType<EffectOf<T>>;
  bound(effect: EffectOf<T>): Bound;
  /** Events that come of it by themselves: journeys may start from them. */
  tells(effect: EffectOf<T>): Telling[];
  /** What a run would remember of it. */
  pretend(effect: EffectOf<T>, stage: Stage): Omit<NodeVars, "order">;
  /** The member afterwards, as the run's later steps see them; absent = nothing that rules read changes. */
  alter?(
    effect: EffectOf<T>,
    member: MemberFacts,
    entry: EventFacts | undefined,
    gave: Omit<NodeVars, "order">,
  ): MemberFacts;
};
