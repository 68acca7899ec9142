import { nodeOf, type StepId } from "../../ids";
import { withoutLiquid } from "../../message/liquid-text";
import { rulesOf } from "../../plan/order";
import { namedCoupon } from "../../rules/coupons-of";
import { leavesOf } from "../../rules/walk";
import type { Draft } from "../draft";
import type { Problem } from "../problem";
import { issuedBefore } from "./issued";

/** No message names a coupon that was not issued on every way to it, and no rule waits for one. */
export function contentProblems(draft: Draft): Problem[] {
  const issued = issuedBefore(draft);
  return Object.entries(draft.steps).flatMap(([id, step]): Problem[] => {
    const before = issued.get(id as StepId);
    if (!before) return [];
    const node = nodeOf(id as StepId);
    const isMissing = (field: string) => {
      const named = namedCoupon(field);
      if (!named) return !before.any;
      return !before.nodes.has(named.place === undefined ? named.node : `${named.node}.${named.place}`);
    };
    if (step.op === "apply")
      return step.effects.flatMap((effect): Problem[] => {
        if (effect.type !== "sendMessage" || !namesCoupon(effect.content)) return [];
        // Service messages go out without consent, so they may not advertise (rules.md).
        if (effect.purpose === "service")
          return [
            {
              code: "service_with_offer",
              severity: "error",
              node,
              path: ["purpose"],
              says: {
                en: "A service message may carry no offer: choose marketing, or leave the coupon out.",
                "zh-CN": "服务类消息不得含优惠：请改为营销，或去掉优惠券。",
              },
            },
          ];
        if (before.any) return [];
        return [
          {
            code: "coupon_not_issued",
            severity: "error",
            node,
            path: ["content", effect.channel],
            says: {
              en: "The message names a coupon, but on some way to here none was issued.",
              "zh-CN": "消息提到了优惠券，但有的路径到此并未发券。",
            },
          },
        ];
      });
    return rulesOf(step)
      .flatMap((rule) => leavesOf(rule))
      .flatMap(({ leaf }): Problem[] => {
        if ("did" in leaf) return [];
        const fields = [
          leaf.field,
          ...(typeof leaf.value === "object" && !Array.isArray(leaf.value) ? [leaf.value.field] : []),
        ].filter((field) => field.startsWith("coupon."));
        if (!fields.some(isMissing)) return [];
        return [
          {
            code: "coupon_not_issued",
            severity: "warning",
            node,
            path: ["when"],
            says: {
              en: "The condition asks about a coupon that was not issued on every way to here.",
              "zh-CN": "条件涉及的优惠券并非在每条路径上都已发放。",
            },
          },
        ];
      });
  });
}

/** `{{ coupon.code }}`, `{{ coupons[0].code }}`, or a coupon block of a mail. Guarded by `{% if coupon %}` it may be absent. */
function namesCoupon(content: unknown): boolean {
  if (typeof content === "string")
    return (
      withoutLiquid(content) !== content &&
      /\{\{[^}]*\bcoupons?\b/.test(content) &&
      !/\{%-?\s*if\s+coupons?\b/.test(content)
    );
  if (typeof content !== "object" || content === null) return false;
  return ("kind" in content && content.kind === "coupon") || Object.values(content).some(namesCoupon);
}
