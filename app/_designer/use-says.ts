"use client";
import { useCallback } from "react";
import { saysOf } from "@/core/journey/ask-kind";
import type { JourneyNode } from "@/core/journey/document";
import type { Saying, Value } from "@/core/journey/kind";
import { kindOf } from "./kinds";
import { sayValue } from "./say-value";
import { useShelf } from "./shelf";
import { stepName } from "./step-name";
import { fill, type Piece } from "./words";

/** Formats a value of a card's line for the reader: offers by name, durations and rules in words. */
export function useFormat(): (value: Value) => string {
  const shelf = useShelf();
  return useCallback((value) => sayValue(value, shelf), [shelf]);
}

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
