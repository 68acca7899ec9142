import { nodeOf, type StepId, stepId } from "../ids";
import { orderOf, waysOf } from "../plan/order";
import type { Draft } from "./draft";

/** Coupons that a run may hold at a step, in the order of issue. `by`: the node that gave the last of them; null = the run holds none. */
export type Held = { by: string | null; offers: string[] };

/** What was given last, and what before it; null = nothing. */
type Given = { by: string; offers: string[]; count: number; before: Given } | null;

/**
 * What a run may hold when it comes to a step: for every node that may have given the last coupon one way of getting there, the one on which most
 * were given. A way back gives a node's coupons once more, which is left out.
 */
export function couponsBefore(draft: Draft, at: StepId): Held[] {
  return [...(givenBefore(draft).get(at)?.values() ?? [])].map((given) => ({
    by: given?.by ?? null,
    offers: chain(given).flatMap(({ offers }) => offers),
  }));
}

/** By the last giver what may have been given before each step. Steps are taken in their order, so that only a way back brings one up again. */
function givenBefore(draft: Draft): Map<StepId, Map<string | null, Given>> {
  const before = new Map<StepId, Map<string | null, Given>>();
  const open = new Set<StepId>();
  const arrive = (to: StepId | null | undefined, given: Given) => {
    if (!to || !draft.steps[to]) return;
    const known = before.get(to) ?? new Map<string | null, Given>();
    const by = given?.by ?? null;
    const best = known.get(by);
    if (best !== undefined && (best?.count ?? 0) >= (given?.count ?? 0)) return;
    before.set(to, known.set(by, given));
    open.add(to);
  };
  // Only a way back brings a run to a giver again.
  const hasBack = Object.values(draft.wires).some((ports) => Object.values(ports).some(({ back }) => back));
  const { entry } = draft.document;
  const first = Object.values(draft.wires[entry] ?? {}).map(({ to }) => to);
  for (const to of first) arrive(to, null);
  const steps = [...orderOf({ ...draft, first: first[0] ?? null }).keys()];
  while (open.size > 0)
    for (const at of steps) {
      const step = draft.steps[at];
      if (!open.delete(at) || !step) continue;
      const node = nodeOf(at);
      for (const { go, effects } of waysOf(step)) {
        const to = "step" in go ? stepId(node, go.step) : draft.wires[node]?.[go.port]?.to;
        const offers = effects.flatMap((effect) => (effect.type === "issueCoupon" ? [effect.offer] : []));
        for (const given of before.get(at)?.values() ?? [])
          arrive(
            to,
            offers.length === 0 || (hasBack && isGiver(given, node))
              ? given
              : { by: node, offers, count: (given?.count ?? 0) + 1, before: given },
          );
      }
    }
  return before;
}

const isGiver = (given: Given, node: string): boolean => {
  for (let one = given; one; one = one.before) if (one.by === node) return true;
  return false;
};

/** The first given first. */
function chain(last: Given): NonNullable<Given>[] {
  const all: NonNullable<Given>[] = [];
  for (let one = last; one; one = one.before) all.push(one);
  return all.reverse();
}
