"use client";
import { useCallback } from "react";
import { EVENT_NAMES, eventKind } from "@/core/events/catalogue";
import { eventName, spoken } from "@/core/events/event-name";
import { saysOf } from "@/core/journey/ask-kind";
import type { JourneyNode } from "@/core/journey/document";
import type { Saying, Value } from "@/core/journey/kind";
import type { Locale } from "@/core/text";
import { sayDuration } from "@/core/time/duration-words";
import { variablesFor } from "./fields/messages/variables";
import { kindOf } from "./kinds";
import { sayRule } from "./rules/say";
import { useShelf } from "./shelf";
import { stepName } from "./step-name";
import { fill, type Piece, spaced } from "./words";

/** Formats a value of a card's line for the reader: offers by name, durations and rules in words. */
export function useFormat(): (value: Value) => string {
  const shelf = useShelf();
  const { locale } = shelf;
  return useCallback(
    (value) => {
      switch (value.as) {
        case "text":
          return readable(value.text, locale);
        case "words":
          return readable(locale === "en" ? value.words.en : spaced(value.words["zh-CN"]), locale);
        case "count":
          // Of a draft that is half filled in.
          return Number.isFinite(value.count) ? new Intl.NumberFormat(locale).format(value.count) : "…";
        case "duration":
          return sayDuration(value.duration)[locale];
        case "event":
          return eventName(value.event)[locale];
        case "rule":
          return sayRule(value.rule, shelf);
        case "offer":
          return shelf.offers.find((offer) => offer.id === value.offer)?.name ?? "…";
        case "tier":
          return shelf.tiers.find((tier) => tier.id === value.tier)?.name ?? value.tier;
        case "journey":
          return shelf.journeys.find((journey) => journey.id === value.journey)?.name ?? "…";
        case "segment":
          return shelf.segments.find((segment) => segment.id === value.segment)?.name ?? "…";
        default:
          return value satisfies never;
      }
    },
    [locale, shelf],
  );
}

/** A template's first words as a person reads them: values by name instead of Liquid. */
function readable(text: string, locale: Locale): string {
  return text
    .replace(/\{\{([\s\S]*?)\}\}/g, (_, inner: string) => `‹${nameOf(inner.split("|")[0]?.trim() ?? "", locale)}›`)
    .replace(/\{%[\s\S]*?%\}/g, "")
    .replace(/\{\{?[^}]*…?$/, "…");
}

function nameOf(path: string, locale: Locale): string {
  const event = path.startsWith("event.") ? PROPERTIES[path.slice("event.".length)] : undefined;
  return (
    event?.[locale] ??
    variablesFor({}).find(
      (variable) => variable.liquid.slice(2, -2).split("|")[0]?.trim() === path.replace(/^coupons\[\d+\]/, "coupon"),
    )?.name[locale] ??
    spoken(path.split(".").at(-1) ?? path)[locale]
  );
}

/** Names of what events tell; where several tell something of one name, as the one that most journeys start with calls it. */
const PROPERTIES = Object.fromEntries(
  [...EVENT_NAMES, "order_paid"].flatMap((event) =>
    Object.entries(eventKind(event)?.properties ?? {}).map(([key, { name }]) => [key, name]),
  ),
);

/** A node's one line in pieces. */
export function useSays(): (node: Pick<JourneyNode, "kind" | "config">) => Piece[] {
  const pieces = usePieces();
  return useCallback((node) => pieces(saysOf(node)), [pieces]);
}

function usePieces(): (saying: Saying) => Piece[] {
  const format = useFormat();
  const { locale } = useShelf();
  return useCallback(
    ({ text, values }) => fill(text, locale, (name) => (values[name] ? format(values[name]) : undefined)),
    [format, locale],
  );
}

/** What a step is called where its card is not seen. */
export function useName(): (node: Pick<JourneyNode, "kind" | "title" | "config">) => string {
  const nameOf = useNameOf();
  return useCallback(
    (node) => nameOf({ node: node.kind, nodeKind: node.kind, nodeTitle: node.title ?? null, nodeSays: saysOf(node) }),
    [nameOf],
  );
}

/** A step as lists of runs know it. */
export type Named = { node: string; nodeKind: string | null; nodeTitle: string | null; nodeSays: Saying | null };

/** What a step of a list is called; `useName` tells it of a drawing's, by the same rule. */
export function useNameOf(): (step: Named) => string {
  const { locale } = useShelf();
  const pieces = usePieces();
  return useCallback(
    ({ node, nodeKind, nodeTitle, nodeSays }) =>
      stepName(
        {
          title: nodeTitle,
          kind: nodeKind === null ? undefined : kindOf(nodeKind),
          line:
            nodeSays?.text &&
            pieces(nodeSays)
              .map(({ text }) => text)
              .join(""),
          needsKind: nodeSays?.needsKind,
        },
        locale,
      ) ?? node,
    [locale, pieces],
  );
}

/** The title on a node's card. */
export function useTitle(): (node: Pick<JourneyNode, "kind" | "title">) => string {
  const { locale } = useShelf();
  return useCallback((node) => node.title || kindOf(node.kind)?.name[locale] || node.kind, [locale]);
}
