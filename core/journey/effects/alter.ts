import type { EventFacts, MemberFacts, NodeVars } from "../../rules/facts";
import type { Effect } from "./effect";
import { effectKinds } from "./registry";

/**
 * The member after an effect, for whoever moves a run: engine, simulator and backtest see the same. `gave`: what the run remembers of it. The
 * given member is not touched.
 */
export function alter(
  effect: Effect,
  member: MemberFacts,
  entry: EventFacts | undefined,
  gave: Omit<NodeVars, "order">,
): MemberFacts {
  // Type and kind belong together, which TypeScript cannot follow through the registry.
  const kind: { alter?(effect: never, ...of: [MemberFacts, EventFacts | undefined, typeof gave]): MemberFacts } =
    effectKinds[effect.type];
  return kind.alter?.(effect as never, member, entry, gave) ?? member;
}
