import { kindOf } from "./registry";
import { type Reader, sayLine } from "./say-value";
import type { Saying } from "./saying";
import { stepName } from "./step-name";

/** A step as lists know it: its title, or what it does. */
export type Named = { node: string; nodeKind: string | null; nodeTitle: string | null; nodeSays: Saying | null };

/** What a step of a list is called, on screens as in files; by its number where nothing else is known of it. */
export function stepCalled({ node, nodeKind, nodeTitle, nodeSays }: Named, reader: Reader): string {
  const line =
    nodeSays?.text &&
    sayLine(nodeSays, reader)
      .map(({ text }) => text)
      .join("");
  const kind = nodeKind === null ? undefined : kindOf(nodeKind);
  return stepName({ title: nodeTitle, kind, line, needsKind: nodeSays?.needsKind }, reader.locale) ?? node;
}
