"use client";
import { useReducedMotion } from "@mantine/hooks";
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { JourneyDocument } from "@/core/journey/document";
import type { Point } from "../edit/place";
import { elk } from "../geometry/elk";
import { layout } from "../geometry/layout";
import { isSameShape } from "../geometry/same-shape";
import { beside, byHand, type Positions, shapeOf } from "../geometry/shape";
import { ROW_GAP, sizeOf } from "../geometry/size";
import { portsOf } from "../kinds";
import { useJourneyId } from "../store/journey-id";
import { OpeningPlacesContext } from "../store/opening-places";
import { keepPlaces, readPlaces } from "../store/places";
import { useAlike } from "../use-alike";

const SLIDE_MS = 200;

/**
 * Where every card stands: where it was dragged, else where the layout puts it. A change of place is a short slide, so that the
 * eye can follow; a new card appears below its source and slides from there. `isDraft`: the drawing that opens next time, whose layout this
 * browser remembers; others are only looked at.
 */
export function usePositions(document: JourneyDocument, isDraft: boolean) {
  const still = useReducedMotion();
  const journey = useJourneyId();
  // Only what can move a card starts a layout: typing into a text does not, and is not even summed up.
  const shaped = useAlike(document, isShapedAlike);
  const shape = useMemo(() => shapeOf(shaped), [shaped]);
  const sent = useContext(OpeningPlacesContext);
  const [known] = useState(
    () =>
      byHand(document) ??
      readPlaces(journey, shape, localStorage) ??
      (sent?.shape === shape ? sent.positions : undefined),
  );
  const [shown, setShown] = useState<Positions>(() => known ?? provisional(document, {}));
  const [isReady, setReady] = useState(known !== undefined);
  const current = useRef(shown);
  const frame = useRef(0);
  const first = useRef(known === undefined);
  const show = useCallback((positions: Positions) => {
    current.current = positions;
    setShown(positions);
  }, []);
  const slide = useCallback(
    (to: Positions) => {
      cancelAnimationFrame(frame.current);
      const from = current.current;
      if (still || first.current || Object.keys(to).every((id) => same(from[id], to[id]))) {
        first.current = false;
        return show(to);
      }
      const begun = performance.now();
      const step = (now: number) => {
        const share = Math.min(1, (now - begun) / SLIDE_MS);
        const eased = 1 - (1 - share) ** 3;
        show(share === 1 ? to : between(from, to, eased));
        if (share < 1) frame.current = requestAnimationFrame(step);
      };
      frame.current = requestAnimationFrame(step);
    },
    [show, still],
  );

  const latest = useRef(document);
  latest.current = document;
  const remembers = useRef(isDraft);
  remembers.current = isDraft;

  const lastShape = useRef(known && shape);
  useEffect(() => {
    // What the drawing opened with stands already.
    if (lastShape.current === shape) return;
    lastShape.current = undefined;
    const drawn = latest.current;
    let isStale = false;
    const pinned = byHand(drawn);
    if (pinned) {
      slide(pinned);
      setReady(true);
      return;
    }
    show(provisional(drawn, current.current));
    void layout(elk(), drawn, portsOf)
      .then(
        ({ positions }) => {
          if (isStale) return;
          const settled = beside(drawn, positions);
          slide(settled);
          if (remembers.current) keepPlaces(journey, shape, settled, localStorage);
        },
        // Without a layout the cards stand one below the other, and can be dragged.
        () => {},
      )
      .finally(() => {
        if (!isStale) setReady(true);
      });
    return () => {
      isStale = true;
    };
  }, [journey, shape, show, slide]);

  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return { positions: shown, isReady, place: show, current };
}

const isShapedAlike = (one: JourneyDocument, other: JourneyDocument) => isSameShape(one, other, portsOf);
const same = (a: Point | undefined, b: Point | undefined) => a?.x === b?.x && a?.y === b?.y;

function between(from: Positions, to: Positions, share: number): Positions {
  return Object.fromEntries(
    Object.entries(to).map(([id, end]) => {
      const begin = from[id] ?? end;
      return [id, { x: begin.x + (end.x - begin.x) * share, y: begin.y + (end.y - begin.y) * share }];
    }),
  );
}

/** A place for every card before the layout has answered: its last one, else just below its source. */
function provisional(document: JourneyDocument, known: Positions): Positions {
  const placed: Positions = {};
  for (const node of document.nodes) {
    const before = node.at ?? known[node.id];
    if (before) placed[node.id] = before;
  }
  for (const node of document.nodes) {
    if (placed[node.id]) continue;
    const from = document.edges.find((edge) => edge.to === node.id)?.from;
    const source = from === undefined ? undefined : document.nodes.find((one) => one.id === from);
    const above = from === undefined ? undefined : placed[from];
    const size = sizeOf(node, portsOf);
    placed[node.id] =
      source && above
        ? {
            x: above.x + (sizeOf(source, portsOf).width - size.width) / 2,
            y: above.y + sizeOf(source, portsOf).height + ROW_GAP / 2,
          }
        : { x: -size.width / 2, y: 0 };
  }
  return placed;
}
