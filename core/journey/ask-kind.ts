import { asObject } from "../objects";
import { Words } from "../words";
import type { JourneyNode } from "./document";
import type { NodeKind } from "./kind";
import type { Port } from "./port";
import { kindOf } from "./registry";
import { type Saying, Value } from "./saying";

type Node = Pick<JourneyNode, "kind" | "config">;

/**
 * What a node's kind answers of it. A draft's config may be half filled in: then the kind is asked with what its empty form has in the gaps.
 * Undefined of a kind that is not known. An answer may still hold what the config holds, of whichever type: `saysOf` and `portsOf` look at that.
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

/** A config of a kind that fits, to ask it with; an empty one of a kind that is not known. */
export const initialOf = (kind: string): JourneyNode["config"] => asObject(kindOf(kind)?.initial);
/** The config that a new step of a kind begins with: what only its author can choose is empty in it. */
export const freshOf = (kind: string): JourneyNode["config"] => ({
  ...initialOf(kind),
  ...asObject(kindOf(kind)?.blank),
});

/** What stands for a value that is missing or that is none. */
const UNSET: Value = { as: "text", text: "…" };

/** A value that is one, and is not the empty text of a field that waits to be filled in. */
const isSet = (value: Value): boolean =>
  Value.safeParse(value).success &&
  !(value.as === "text" && value.text === "") &&
  !(value.as === "event" && value.event === "") &&
  !(value.as === "tier" && value.tier === "");

/** A node's one line, not yet in a reader's language. A value that a draft has wrong, a number where a text should be, is “…” in it. */
export const saysOf = (node: Node): Saying =>
  askKind(node, (kind, config) => {
    const { text, values, ...rest } = kind.says(config);
    Words.parse(text);
    const read = Object.entries(values).map(([name, value]) => [name, isSet(value) ? value : UNSET]);
    return { ...rest, text, values: Object.fromEntries(read) as Saying["values"] };
  }) ?? { text: { en: "", "zh-CN": "" }, values: {} };

/** A node's ways out. One whose id is no text is none; one whose name is no text goes by its id. */
export const portsOf = (node: Node): Port[] =>
  askKind(node, (kind, config) =>
    kind
      .ports(config)
      .filter(({ id }) => typeof id === "string")
      .map((port) =>
        Words.safeParse(port.name).success ? port : { ...port, name: { en: port.id, "zh-CN": port.id } },
      ),
  ) ?? [];
