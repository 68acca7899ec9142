"use client";
import { useEffect, useState } from "react";
import type { JourneyDocument } from "@/core/journey/document";
import { silhouette } from "./canvas/cards/silhouette";
import { wires } from "./canvas/flow";
import { pathOf } from "./canvas/path-of";
import type { Point } from "./edit/place";
import { elk } from "./geometry/elk";
import { layout } from "./geometry/layout";
import { smooth } from "./geometry/route";
import { sizeOf } from "./geometry/size";
import { familyOf, portsOf } from "./kinds";

/** A journey's drawing as a small picture, without words. */
export function Picture({ document, label }: { document: JourneyDocument; label: string }) {
  const [positions, setPositions] = useState<Record<string, Point> | undefined>();
  useEffect(() => {
    let isGone = false;
    void layout(elk(), document, portsOf).then((placed) => {
      if (!isGone) setPositions(placed.positions);
    });
    return () => {
      isGone = true;
    };
  }, [document]);
  if (!positions) return <svg role="img" aria-label={label} viewBox="0 0 10 10" />;
  const boxes = document.nodes.flatMap((node) => {
    const at = positions[node.id];
    return at ? [{ node, ...at, ...sizeOf(node, portsOf) }] : [];
  });
  const [left, top] = [Math.min(...boxes.map((box) => box.x)) - 52, Math.min(...boxes.map((box) => box.y)) - 12];
  const [right, bottom] = [
    Math.max(...boxes.map((box) => box.x + box.width)) + 52,
    Math.max(...boxes.map((box) => box.y + box.height)) + 12,
  ];
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${left} ${top} ${right - left} ${bottom - top}`}
      preserveAspectRatio="xMidYMid meet"
    >
      {wires(document, positions).map((wire) => (
        <path
          key={wire.id}
          d={smooth(pathOf(document, positions, wire))}
          fill="none"
          stroke="var(--line-strong)"
          strokeWidth={6}
        />
      ))}
      {boxes.map(({ node, x, y, width, height }) => (
        <path
          key={node.id}
          d={silhouette(familyOf(node.kind), width, height)}
          transform={`translate(${x} ${y})`}
          fill={`var(--family-${familyOf(node.kind)}-wash)`}
          stroke={`var(--family-${familyOf(node.kind)})`}
          strokeWidth={6}
        />
      ))}
    </svg>
  );
}
