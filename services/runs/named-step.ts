import { z } from "zod";
import { saysOf } from "@/core/journey/ask-kind";
import type { JourneyNode } from "@/core/journey/document";
import { Saying } from "@/core/journey/saying";

/** A step of a run, and what it is called by. */
export const NamedStep = z.object({
  node: z.string(),
  nodeTitle: z.string().nullable().describe("what the marketer called it"),
  nodeKind: z.string().nullable(),
  nodeSays: Saying.nullable().describe("what it does, of a step that nobody gave a title: its name in lists"),
});
export type NamedStep = z.infer<typeof NamedStep>;

/** `id`: the node's root; `node`: as it is drawn, undefined when it no longer is. */
export const named = (
  id: string,
  node: (Pick<JourneyNode, "kind" | "config"> & { title?: string | null | undefined }) | undefined,
): NamedStep => ({
  node: id,
  nodeTitle: node?.title ?? null,
  nodeKind: node?.kind ?? null,
  nodeSays: node && !node.title ? saysOf(node) : null,
});
