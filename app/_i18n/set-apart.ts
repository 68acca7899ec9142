import { isValidElement, type ReactNode } from "react";
import { gapBetween } from "@/core/gaps";

/**
 * The parts of a text that holds elements, with a gap wherever Chinese and Latin meet at the edge of one. `settled`: each piece of text itself.
 */
export function setApart(parts: ReactNode, settled: (text: string) => string): ReactNode {
  if (typeof parts === "string") return settled(parts);
  if (!Array.isArray(parts)) return parts;
  const all = (parts as ReactNode[]).map((part) => (typeof part === "string" ? settled(part) : part));
  return all.flatMap((part, i) => {
    const gap = gapBetween(textOf(all[i - 1]), textOf(part));
    return gap ? [gap, part] : [part];
  });
}

/** What an element shows, as far as it stands in it: a component's own words are not known before it is drawn. */
function textOf(node: ReactNode): string {
  if (typeof node === "string" || typeof node === "number") return String(node);
  if (Array.isArray(node)) return (node as ReactNode[]).map(textOf).join("");
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : "";
}
