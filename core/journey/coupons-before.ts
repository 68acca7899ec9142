import { nodeOf, type StepId, stepId } from "../ids";
import { waysOut } from "../plan/order";
import type { Go, Step } from "../plan/step";
import type { Draft } from "./draft";

/** Coupons that a run may hold at a step, in the order of issue. `by`: the node that gave the last of them; null = the run holds none. */
export type Held = { by: string | null; offers: string[]; givers: string[] };

/**
 * What a run may hold when it comes to each step: for every node that may have given the last coupon one way of getting there, the one on which
 * most were given. A way back gives a node's coupons once more, which is left out.
 */
export function couponsBefore(draft: Draft): Map<StepId, Map<string | null, Held>> {
  const before = new Map<StepId, Map<string | null, Held>>();
  const trigger = draft.nodes.get(draft.document.entry);
  const open: StepId[] = [];
  const arrive = (to: StepId | null | undefined, held: Held) => {
    if (!to || !draft.steps[to]) return;
    const known = before.get(to) ?? new Map<string | null, Held>();
    const best = known.get(held.by);
    if (best && best.givers.length >= held.givers.length) return;
    before.set(to, known.set(held.by, held));
    open.push(to);
  };
  for (const { to } of Object.values(trigger ? (draft.wires[trigger.id] ?? {}) : {}))
    arrive(to, { by: null, offers: [], givers: [] });
  for (let at = open.shift(); at; at = open.shift()) {
    const step = draft.steps[at];
    if (!step) continue;
    const node = nodeOf(at);
    for (const held of before.get(at)?.values() ?? [])
      for (const { go, offers } of ways(step)) {
        const to = "step" in go ? stepId(node, go.step) : draft.wires[node]?.[go.port]?.to;
        const isNew = offers.length > 0 && !held.givers.includes(node);
        arrive(to, isNew ? { by: node, offers: [...held.offers, ...offers], givers: [...held.givers, node] } : held);
      }
  }
  return before;
}

/** Every way out of a step, and the offers whose coupons are issued on it. */
function ways(step: Step): { go: Go; offers: string[] }[] {
  switch (step.op) {
    case "choose":
      return [...step.cases, { go: step.otherwise }].map(({ go }) => ({ go, offers: [] }));
    case "split":
      return step.shares.map(({ go }) => ({ go, offers: [] }));
    case "wait":
      return step.first.flatMap(waysOut).map((go) => ({ go, offers: [] }));
    case "apply":
      return [
        {
          go: step.done,
          offers: step.effects.flatMap((effect) => (effect.type === "issueCoupon" ? effect.offer : [])),
        },
        ...Object.values(step.refused).map((go) => ({ go, offers: [] })),
      ];
    case "end":
      return [];
    default:
      return step satisfies never;
  }
}
