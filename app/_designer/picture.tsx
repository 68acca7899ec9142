"use client";
import { useEffect, useState } from "react";
import { saysOf } from "@/core/journey/ask-kind";
import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import { CHANNELS } from "@/core/message/channel";
import { channels } from "@/core/message/channels/registry";
import { sayDuration } from "@/core/time/duration-words";
import { Icon } from "../_ui/icons";
import { silhouette } from "./canvas/cards/silhouette";
import { wires } from "./canvas/flow/lines";
import { pathOf } from "./canvas/flow/path-of";
import type { Point } from "./edit/place";
import { elk } from "./geometry/elk";
import { layout } from "./geometry/layout";
import { smooth } from "./geometry/route";
import { sizeOf } from "./geometry/size";
import { familyOf, iconOfNode, portsOf } from "./kinds";
import { useShelf } from "./shelf";
import { useFormat, useTitle } from "./use-says";

/** A small picture has no room for lines of text: its cards are this much lower than those of the canvas, and closer together. */
const FLAT = 0.56;
const MARGIN = { x: 40, y: 10 };
/** A short drawing is not blown up beyond this. */
const LEAST = { width: 620, height: 420 };
const LETTER = 26;

/** A journey's drawing as a small picture: each step by its icon and a word or two. */
export function Picture({ document, label }: { document: JourneyDocument; label: string }) {
  const [positions, setPositions] = useState<Record<string, Point> | undefined>();
  const wordOf = useWord();
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
    if (!at) return [];
    const { width, height } = sizeOf(node, portsOf);
    return [{ node, x: at.x, y: at.y * FLAT, width, height: height * FLAT }];
  });
  return (
    <svg role="img" aria-label={label} viewBox={frameOf(boxes)} preserveAspectRatio="xMidYMid meet">
      <g transform={`scale(1 ${FLAT})`}>
        {wires(document, positions).map((wire) => (
          <path
            key={wire.id}
            d={smooth(pathOf(document, positions, wire))}
            fill="none"
            stroke="var(--line-strong)"
            strokeWidth={1.5}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </g>
      {boxes.map(({ node, x, y, width, height }) => {
        const family = familyOf(node.kind);
        const isEnd = family === "end";
        const room = width - (isEnd ? 20 : 84);
        return (
          <g key={node.id} transform={`translate(${x} ${y})`} color={`var(--family-${family})`}>
            <path
              d={silhouette(family, width, height)}
              fill={`var(--family-${family}-wash)`}
              stroke="currentColor"
              strokeWidth={1}
              vectorEffect="non-scaling-stroke"
            />
            {!isEnd && (
              <g transform={`translate(22 ${height / 2 - 16})`}>
                <Icon name={iconOfNode(node)} size={32} stroke={2} />
              </g>
            )}
            <text
              x={isEnd ? width / 2 : 64}
              y={height / 2}
              dominantBaseline="central"
              textAnchor={isEnd ? "middle" : "start"}
              fontSize={isEnd ? LETTER * 0.85 : LETTER}
              fontWeight={600}
              fill="currentColor"
            >
              {fitting(wordOf(node), room / (isEnd ? LETTER * 0.85 : LETTER))}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

type Box = Point & { width: number; height: number };

function frameOf(boxes: readonly Box[]): string {
  const left = Math.min(...boxes.map(({ x }) => x)) - MARGIN.x;
  const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN.y;
  const width = Math.max(...boxes.map(({ x, width }) => x + width)) + MARGIN.x - left;
  const height = Math.max(...boxes.map(({ y, height }) => y + height)) + MARGIN.y - top;
  const [wide, high] = [Math.max(width, LEAST.width), Math.max(height, LEAST.height)];
  return `${left - (wide - width) / 2} ${top - (high - height) / 2} ${wide} ${high}`;
}

/** What tells a step in a word or two: a message's channel, a wait's time, what starts the journey, else its title. */
function useWord(): (node: JourneyNode) => string {
  const { locale } = useShelf();
  const titleOf = useTitle();
  const format = useFormat();
  return (node) => {
    if (node.title) return node.title;
    const channel = node.kind === "send" ? CHANNELS.find((one) => one === node.config.channel) : undefined;
    if (channel) return channels[channel].name[locale];
    const values = Object.values(saysOf(node).values);
    const event = familyOf(node.kind) === "trigger" ? values.find((value) => value.as === "event") : undefined;
    if (event) return format(event);
    const duration = familyOf(node.kind) === "wait" ? values.find((value) => value.as === "duration") : undefined;
    return duration?.as === "duration" ? sayDuration(duration.duration)[locale] : titleOf(node);
  };
}

/** As much of a text as stands on one line, measured in letters of full width; a Latin one is a good half of that. */
function fitting(text: string, room: number): string {
  let used = 0;
  const letters = [...text];
  for (const [i, letter] of letters.entries()) {
    used += /\p{Script=Han}|[\u3000-\u303f\uff00-\uffef]/u.test(letter) ? 1 : 0.56;
    if (used > room)
      return `${letters
        .slice(0, Math.max(1, i - 1))
        .join("")
        .trimEnd()}…`;
  }
  return text;
}
