import { nodeOf, type StepId, stepId } from "../../ids";
import { waysOf } from "../../plan/order";
import type { Draft } from "../draft";

/** Which coupons a run surely holds: one at least, and those of these nodes, by `<node>` and, in the order of its grants, `<node>.<place>`. */
export type Issued = { any: boolean; nodes: ReadonlySet<string> };

/**
 * For each reachable step what was issued on every way to it: the meet over all ways, found by going on until nothing
 * changes. Sets only shrink, so that it ends.
 */
export function issuedBefore(draft: Draft): Map<StepId, Issued> {
  const before = new Map<StepId, Issued>();
  const trigger = draft.nodes.get(draft.document.entry);
  const open: StepId[] = [];
  const arrive = (to: StepId | null | undefined, now: Issued) => {
    if (!to || !draft.steps[to]) return;
    const known = before.get(to);
    const met = known ? meet(known, now) : now;
    if (known && met.any === known.any && met.nodes.size === known.nodes.size) return;
    before.set(to, met);
    open.push(to);
  };
  for (const { to } of Object.values(trigger ? (draft.wires[trigger.id] ?? {}) : {}))
    arrive(to, { any: false, nodes: new Set() });
  for (let at = open.pop(); at; at = open.pop()) {
    const step = draft.steps[at];
    const now = before.get(at);
    if (!step || !now) continue;
    const node = nodeOf(at);
    for (const { go, effects } of waysOf(step)) {
      const grants = effects.filter(({ type }) => type === "issueCoupon").length;
      const to = "step" in go ? stepId(node, go.step) : draft.wires[node]?.[go.port]?.to;
      arrive(to, grants > 0 ? { any: true, nodes: new Set([...now.nodes, node, ...places(node, grants)]) } : now);
    }
  }
  return before;
}

const meet = (a: Issued, b: Issued): Issued => ({
  any: a.any && b.any,
  nodes: new Set([...a.nodes].filter((node) => b.nodes.has(node))),
});

const places = (node: string, count: number) => Array.from({ length: count }, (_, i) => `${node}.${i + 1}`);
