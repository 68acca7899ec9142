"use client";
import { useCallback, useMemo } from "react";
import type { JourneyDocument } from "@/core/journey/document";
import { answering } from "../rules/answers";
import type { RuleScope } from "../rules/fields";
import { useShelf } from "../shelf";
import { useDesignerAlike } from "../store/use-designer";
import { useName } from "../use-says";
import { readGrants } from "./offers/grant-draft";
import { ownTags } from "./use-tags";

/** The event that starts the drawing's runs. */
export const entryEvent = (document: JourneyDocument): string | undefined => {
  const event = document.nodes.find((node) => node.id === document.entry)?.config.event;
  return typeof event === "string" ? event : undefined;
};

/** What a rule of a node can be about. `judges` = the event this rule looks at, when it looks at one. */
export function useRuleScope(node: string | undefined, event: string | undefined): RuleScope {
  // What is written in the step itself is nothing that its own rules are about.
  const document = useDesignerAlike(
    (state) => state.document,
    useCallback((was: JourneyDocument, is: JourneyDocument) => isSameBut(node, was, is), [node]),
  );
  const nameOf = useName();
  const { offers: known } = useShelf();
  return useMemo(() => {
    const isEntry = node === document.entry;
    const coupons = document.nodes.flatMap((one) => {
      const given = (one.id === node ? [] : readGrants(one.config.grants)).flatMap((grant) =>
        grant.is === "coupon" ? [grant.offer ?? ""] : [],
      );
      const offers = given.map((offer) => known.find(({ id }) => id === offer)?.name ?? "…");
      return offers.length === 0 ? [] : [{ node: one.id, title: nameOf(one), offers, given }];
    });
    const tags = ownTags(document);
    if (isEntry) return { event, coupons: [], answers: [], tags };
    const answers = answering(document, nameOf).filter((one) => one.node !== node);
    return { event, entry: entryEvent(document), coupons, answers, tags };
  }, [document, event, node, nameOf, known]);
}

const isSameBut = (node: string | undefined, was: JourneyDocument, is: JourneyDocument): boolean =>
  was.entry === is.entry &&
  was.nodes.length === is.nodes.length &&
  was.nodes.every((one, i) => one === is.nodes[i] || (one.id === node && is.nodes[i]?.id === node));
