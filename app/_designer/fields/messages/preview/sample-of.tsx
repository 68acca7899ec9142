"use client";
import { createContext, type ReactNode, useContext, useDeferredValue, useMemo, useState } from "react";
import { stepId } from "@/core/ids";
import { couponsBefore } from "@/core/journey/coupons-before";
import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import { type DraftNode, readDraft } from "@/core/journey/draft";
import type { OwnTypes } from "@/core/message/sample/own";
import { type SampleAnswers, sampleScope } from "@/core/message/sample/sample";
import type { Scope } from "@/core/message/scope";
import type { Locale } from "@/core/text";
import { useWorkspace } from "../../../../_ui/workspace";
import { type Answering, answering } from "../../../rules/answers";
import { useSeen } from "../../../rules/use-seen";
import { type ShelfOffer, useShelf } from "../../../shelf";
import { useDesigner } from "../../../store/use-designer";
import { useTitle } from "../../../use-says";
import { entryEvent } from "../../rule-scope";
import { ownTypes, type Variable, variablesFor } from "../variables";

/** What the previews of a step show: one member, one order, the coupons of the rewards before it. */
export type Sample = {
  scopes: Record<Locale, Scope>;
  /** What its templates may name, with what that looks like. */
  variables: Variable[];
  /** What the server makes the same sample of; `offers` undefined = an example, for no reward lies before the step. */
  asked: {
    event: string | null;
    offers: string[] | undefined;
    answers: SampleAnswers;
    own: { attributes: OwnTypes; properties: OwnTypes };
  };
  /** The rewards that may have given the last coupon, with their offers; "" = a way on which there is none. */
  ways: { by: string; offers: string[] }[];
  /** Which of them is shown. */
  by: string;
};

const Context = createContext<(() => Sample) | undefined>(undefined);

/** Gives what is written inside the sample of a step. */
export function SampleOf({ node, children }: { node: string; children: ReactNode }) {
  return <Context value={useMade(node)}>{children}</Context>;
}

/** The sample of the step around. */
export function useSample(): Sample {
  const sample = useContext(Context);
  if (!sample) throw new Error("useSample stands outside a step's form");
  return sample();
}

function useMade(node: string): () => Sample {
  // What one writes comes first, what it is shown with after it.
  const document = useDeferredValue(useDesigner((state) => state.document));
  const chosen = useDesigner((state) => state.previewBy);
  const { offers: known } = useShelf();
  const { name, timeZone, currency, api } = useWorkspace();
  const titleOf = useTitle();
  const [now] = useState(() => new Date());
  const event = entryEvent(document);
  const { seen } = useSeen(useMemo(() => (event ? { event } : {}), [event]));
  return useMemo(
    () =>
      lazily((): Sample => {
        const ways = waysTo(document, node);
        const way = ways.find(({ by }) => by === chosen) ?? ways[0];
        const hasReward = ways.some(({ by }) => by !== "");
        const answers = answering(document, titleOf);
        const asked = {
          event: event ?? null,
          offers: hasReward ? way?.offers : undefined,
          answers: answersOf(answers),
          own: { attributes: ownTypes(seen?.member), properties: ownTypes(seen?.event) },
        };
        const scopeIn = (locale: Locale): Scope =>
          sampleScope({
            workspace: { name, timeZone, currency },
            purpose: "marketing",
            locale,
            now,
            links: api,
            ...asked,
            offers: asked.offers?.flatMap((id) => known.find((offer) => offer.id === id) ?? []).map(asSampled),
          });
        const scopes = { en: scopeIn("en"), "zh-CN": scopeIn("zh-CN") };
        const variables = variablesFor({ event: asked.event, answers, scopes, ...(seen && { seen }) });
        return { scopes, variables, asked, ways, by: way?.by ?? "" };
      }),
    [api, chosen, currency, document, event, known, name, node, now, seen, timeZone, titleOf],
  );
}

/** Made when it is first asked for: by templates and previews, which most steps have none of. In a big drawing it takes longer than a letter. */
function lazily<T>(make: () => T): () => T {
  let made: { is: T } | undefined;
  return () => {
    made ??= { is: make() };
    return made.is;
  };
}

const asSampled = ({ id, name, names, terms: { validity } }: ShelfOffer) => ({ id, name, names, validity });

// Nodes never change in place.
const read = new WeakMap<JourneyNode, DraftNode>();

/** By which rewards a run may come to a step, those of the main ways first, and last the way on which it holds no coupon. */
function waysTo(document: JourneyDocument, node: string): Sample["ways"] {
  const draft = readDraft(document, read);
  const root = [...draft.shown].find(([, shown]) => shown === node)?.[0] ?? node;
  const held = couponsBefore(draft, stepId(root, "start"));
  return held
    .map(({ by, offers }) => ({ by: by ?? "", offers }))
    .sort((a, b) => Number(a.by === "") - Number(b.by === ""));
}

/** What the sample member answered: the first of several choices. */
const answersOf = (answers: Answering[]): SampleAnswers =>
  Object.fromEntries(
    answers.map(({ node, values }) => [
      node,
      Object.fromEntries(
        values.map(({ key, type, options }) => [key, options?.[0]?.value ?? (type === "count" ? 4 : "…")]),
      ),
    ]),
  );
