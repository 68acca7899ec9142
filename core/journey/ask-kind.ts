import { asObject } from "../objects";
import type { JourneyNode } from "./document";
import type { NodeKind } from "./kind";
import { kindOf } from "./registry";
import type { Saying } from "./saying";

type Node = Pick<JourneyNode, "kind" | "config">;

/**
 * What a node's kind answers of it. A draft's config may be half filled in: then the kind is asked with what its empty form has in the gaps.
 * Undefined of a kind that is not known.
 */
export function askKind<T>(node: Node, question: (kind: NodeKind, config: unknown) => T): T | undefined {
  const kind = kindOf(node.kind);
  if (!kind) return undefined;
  const initial = initialOf(node.kind);
  for (const config of [node.config, { ...initial, ...node.config }, initial]) {
    try {
      return question(kind, config);
    } catch {
      // the next, fuller config is tried
    }
  }
  return undefined;
}

/** The config that a new step of a kind begins with; an empty one of a kind that is not known. */
export const initialOf = (kind: string): JourneyNode["config"] => asObject(kindOf(kind)?.initial);

/** A node's one line, not yet in a reader's language. */
export const saysOf = (node: Node): Saying =>
  askKind(node, (kind, config) => kind.says(config)) ?? { text: { en: "", "zh-CN": "" }, values: {} };
