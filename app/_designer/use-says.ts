"use client";
import { useCallback } from "react";
import { eventKind } from "@/core/events/catalogue";
import type { JourneyNode } from "@/core/journey/document";
import type { Value } from "@/core/journey/kind";
import { sayDuration } from "./duration";
import { kindOf, saysOf } from "./kinds";
import { sayRule } from "./rules/say";
import { useShelf } from "./shelf";
import { fill, type Piece } from "./words";

/** Formats a value of a card's line for the reader: offers by name, durations and rules in words. */
export function useFormat(): (value: Value) => string {
  const shelf = useShelf();
  const { locale } = shelf;
  return useCallback((value) => {
    switch (value.as) {
      case "text": return value.text;
      case "count": return new Intl.NumberFormat(locale).format(value.count);
      case "duration": return sayDuration(value.duration)[locale];
      case "event": return eventKind(value.event)?.name[locale] ?? value.event;
      case "rule": return sayRule(value.rule, shelf);
      case "offer": return shelf.offers.find((offer) => offer.id === value.offer)?.name ?? "…";
      default: return value satisfies never;
    }
  }, [locale, shelf]);
}

/** A node's one line in pieces. */
export function useSays(): (node: Pick<JourneyNode, "kind" | "config">) => Piece[] {
  const format = useFormat();
  const { locale } = useShelf();
  return useCallback((node) => {
    const { text, values } = saysOf(node);
    return fill(text, locale, (name) => (values[name] ? format(values[name]) : undefined));
  }, [format, locale]);
}

/** The title on a node's card. */
export function useTitle(): (node: Pick<JourneyNode, "kind" | "title">) => string {
  const { locale } = useShelf();
  return useCallback((node) => node.title || kindOf(node.kind)?.name[locale] || node.kind, [locale]);
}
