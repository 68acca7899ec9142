"use client";
import { useMemo } from "react";
import type { JourneyDocument } from "@/core/journey/document";
import { answering } from "../rules/answers";
import type { RuleScope } from "../rules/fields";
import { useDesigner } from "../store/use-designer";
import { useName } from "../use-says";

/** The event that starts the drawing's runs. */
export const entryEvent = (document: JourneyDocument): string | undefined => {
  const event = document.nodes.find((node) => node.id === document.entry)?.config.event;
  return typeof event === "string" ? event : undefined;
};

/** What a rule of a node can be about. `judges` = the event this rule looks at, when it looks at one. */
export function useRuleScope(node: string | undefined, event: string | undefined): RuleScope {
  const document = useDesigner((state) => state.document);
  const nameOf = useName();
  return useMemo(() => {
    const isEntry = node === document.entry;
    const coupons = document.nodes
      .filter(
        (one) =>
          one.id !== node &&
          Array.isArray(one.config.grants) &&
          one.config.grants.some(
            (grant: unknown) => typeof grant === "object" && grant !== null && "is" in grant && grant.is === "coupon",
          ),
      )
      .map((one) => ({ node: one.id, title: nameOf(one) }));
    if (isEntry) return { event, coupons: [], answers: [] };
    const answers = answering(document, nameOf).filter((one) => one.node !== node);
    return { event, entry: entryEvent(document), coupons, answers };
  }, [document, event, node, nameOf]);
}
