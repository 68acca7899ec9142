import type { Locale } from "../../text";
import type { DraftNode } from "../draft";

/** What a reader calls a node. */
export const titleOf = (node: DraftNode, locale: Locale): string =>
  node.title || (node.kindOf?.name[locale] ?? node.kind);
