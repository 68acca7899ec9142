"use client";
import { useLocale } from "use-intl";
import { kindOf } from "@/core/journey/registry";

/** What a node is called: by the marketer's title, else its kind in the reader's language, else its id. */
export function useNodeName(): (node: { nodeTitle: string | null; nodeKind: string | null; node: string }) => string {
  const locale = useLocale();
  return ({ nodeTitle, nodeKind, node }) =>
    nodeTitle || (nodeKind ? kindOf(nodeKind)?.name[locale] : undefined) || node;
}
