import type { EventFacts, MemberFacts } from "../../rules/facts";
import type { Effect } from "./effect";
import { effectKinds } from "./registry";

/** The member after an effect, for whoever moves a run: engine, simulator and backtest see the same. The given member is not touched. */
export function alter(effect: Effect, member: MemberFacts, entry: EventFacts | undefined): MemberFacts {
  // Type and kind belong together, which TypeScript cannot follow through the registry.
  const kind: { alter?(effect: never, member: MemberFacts, entry: EventFacts | undefined): MemberFacts } =
    effectKinds[effect.type];
  return kind.alter?.(effect as never, member, entry) ?? member;
}
