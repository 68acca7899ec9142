import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import type { Point } from "../edit/place";
import type { PortsOf } from "../kinds";

/**
 * Whether two drawings differ at most in what is written in their steps: the same cards with the same ways out, where they were dragged, and the
 * same lines in the same order. Then they have one layout, one reading order, and the same lines.
 */
export function isSameShape(one: JourneyDocument, other: JourneyDocument, portsOf: PortsOf): boolean {
  if (one === other) return true;
  return (
    one.entry === other.entry &&
    isEach(one.edges, other.edges, (a, b) => a.from === b.from && a.port === b.port && a.to === b.to) &&
    isEach(one.nodes, other.nodes, (a, b) => stands(a, b) && leads(a, b, portsOf))
  );
}

const stands = (a: JourneyNode, b: JourneyNode): boolean =>
  a.id === b.id && a.kind === b.kind && isSamePoint(a.at, b.at);

/** Ports are compared with their names, which lines bear. */
function leads(a: JourneyNode, b: JourneyNode, portsOf: PortsOf): boolean {
  const [before, now] = [portsOf(a), portsOf(b)];
  return before === now || JSON.stringify(before) === JSON.stringify(now);
}

const isSamePoint = (a: Point | undefined, b: Point | undefined): boolean =>
  a === b || (a?.x === b?.x && a?.y === b?.y);

/** What is the same object needs no look. */
function isEach<T>(some: readonly T[], others: readonly T[], isAlike: (a: T, b: T) => boolean): boolean {
  if (some === others) return true;
  return (
    some.length === others.length &&
    some.every((one, i) => {
      const other = others[i];
      return other !== undefined && (one === other || isAlike(one, other));
    })
  );
}
