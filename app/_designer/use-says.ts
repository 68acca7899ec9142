"use client";
import { useCallback, useMemo } from "react";
import type { JourneyNode } from "@/core/journey/document";
import type { Piece } from "@/core/journey/fill";
import type { Value } from "@/core/journey/kind";
import { type Reader, sayLine, sayValue } from "@/core/journey/say-value";
import { type Named, stepCalled } from "@/core/journey/step-called";
import { kindOf, saysOf } from "./kinds";
import { readerOf } from "./reader";
import { useShelf } from "./shelf";

function useReader(): Reader {
  const shelf = useShelf();
  return useMemo(() => readerOf(shelf), [shelf]);
}

/** Formats a value of a card's line for the reader: offers by name, durations and rules in words. */
export function useFormat(): (value: Value) => string {
  const reader = useReader();
  return useCallback((value) => sayValue(value, reader), [reader]);
}

/** A node's one line in pieces. */
export function useSays(): (node: Pick<JourneyNode, "kind" | "config">) => Piece[] {
  const reader = useReader();
  return useCallback((node) => sayLine(saysOf(node), reader), [reader]);
}

/** What a step is called where its card is not seen. */
export function useName(): (node: Pick<JourneyNode, "kind" | "title" | "config">) => string {
  const reader = useReader();
  return useMemo(() => nameFor(reader), [reader]);
}

/** What steps are called, for who stands outside of the shelf's context. */
export const nameFor =
  (reader: Reader) =>
  (node: Pick<JourneyNode, "kind" | "title" | "config">): string =>
    stepCalled({ node: node.kind, nodeKind: node.kind, nodeTitle: node.title ?? null, nodeSays: saysOf(node) }, reader);

/** What a step of a list is called; `useName` tells it of a drawing's, by the same rule. */
export function useNameOf(): (step: Named) => string {
  const reader = useReader();
  return useCallback((step) => stepCalled(step, reader), [reader]);
}

/** The title on a node's card. */
export function useTitle(): (node: Pick<JourneyNode, "kind" | "title">) => string {
  const { locale } = useShelf();
  return useCallback((node) => node.title || kindOf(node.kind)?.name[locale] || node.kind, [locale]);
}
