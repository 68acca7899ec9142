import { freshOf, portsOf as readPorts, saysOf as readSaying } from "@/core/journey/ask-kind";
import type { JourneyNode } from "@/core/journey/document";
import type { Family, Icon, NodeKind, Port, Saying } from "@/core/journey/kind";
import { nodeKinds } from "@/core/journey/registry";
import type { Locale } from "@/core/text";

/** The ports of a node, in order. Passed into the edits, so that they stay free of the registry. */
export type PortsOf = (node: Pick<JourneyNode, "kind" | "config">) => Port[];

const byId = new Map<string, NodeKind>(Object.entries(nodeKinds) as [string, NodeKind][]);

/** Kind ids in the order of the palette. */
export const kindIds: string[] = [...byId.keys()];
export const kindOf = (id: string): NodeKind | undefined => byId.get(id);
export const familyOf = (id: string): Family => byId.get(id)?.family ?? "action";
export const iconOf = (id: string): Icon => byId.get(id)?.icon ?? "bolt";
/** A message shows its channel. */
export const iconOfNode = ({ kind, config: { channel } }: Pick<JourneyNode, "kind" | "config">): Icon =>
  kind === "send" && (channel === "sms" || channel === "email" || channel === "push") ? channel : iconOf(kind);

export const portsOf: PortsOf = once(readPorts);
/** A node's one line, not yet in a reader's language. */
export const saysOf: (node: Pick<JourneyNode, "kind" | "config">) => Saying = once(readSaying);

/** A config never changes in place, and every line of every frame asks for its ports: what a kind says of one is asked once. */
function once<T>(ask: (node: Pick<JourneyNode, "kind" | "config">) => T): typeof ask {
  const known = new WeakMap<JourneyNode["config"], { kind: string; said: T }>();
  return (node) => {
    const before = known.get(node.config);
    if (before?.kind === node.kind) return before.said;
    const said = ask(node);
    known.set(node.config, { kind: node.kind, said });
    return said;
  };
}

/** What a new step is to be: a kind, and what of its form is chosen already. */
export type Fresh = { kind: string; preset?: JourneyNode["config"] };

/** A new step: what only its author can choose is empty. What its kind says in both languages ("Gold · 金卡") is said in the reader's. */
export const freshNode = (kind: string, id: string, locale: Locale, preset?: Fresh["preset"]): JourneyNode => ({
  id,
  kind,
  config: { ...inLanguage(freshOf(kind), locale), ...preset },
});

const BOTH = /^([^·]+) · ([^·]*\p{Script=Han}[^·]*)$/u;

function inLanguage<T>(value: T, locale: Locale): T;
function inLanguage(value: unknown, locale: Locale): unknown {
  if (typeof value === "string") {
    const both = BOTH.exec(value);
    return both ? both[locale === "en" ? 1 : 2] : value;
  }
  if (Array.isArray(value)) return value.map((one: unknown) => inLanguage(one, locale));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inLanguage(one, locale)]));
}
