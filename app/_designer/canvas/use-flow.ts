"use client";
import { useCallback, useMemo, useState } from "react";
import type { JourneyNode } from "@/core/journey/document";
import { useT } from "../../_i18n/use-t";
import type { NodeMark } from "../compare/both";
import type { Folded } from "../edit/fold";
import type { Point } from "../edit/place";
import { useShelf } from "../shelf";
import { drawn } from "../store/designer";
import { useDesigner } from "../store/use-designer";
import { useSays, useTitle } from "../use-says";
import { createFlow, type FlowNode } from "./flow/flow";
import type { WireEdge } from "./flow/lines";

type Positions = Record<string, Point>;

/** The drawing as the canvas library draws it: cards and notes where they stand, `notes` where they are dragged, and the lines between them. */
export function useFlow(folded: Folded, positions: Positions, notes: Positions) {
  const [flow] = useState(createFlow);
  const document = useDesigner(drawn);
  const marks = useDesigner((state) => state.shown?.marks);
  const selected = useDesigner((state) => state.selected);
  const wire = useDesigner((state) => state.wire);
  const { locale } = useShelf();
  const label = useLabel();
  const cards = useMemo(
    () => flow.cards(folded, positions, selected, label, marks),
    [flow, folded, label, marks, positions, selected],
  );
  const stuck = useMemo(() => flow.notes(document, notes, selected), [document, flow, notes, selected]);
  const nodes = useMemo((): FlowNode[] => [...cards, ...stuck], [cards, stuck]);
  const edges = useMemo(
    (): WireEdge[] => flow.wires(folded, positions, wire, locale, marks),
    [flow, folded, locale, marks, positions, wire],
  );
  return { nodes, edges };
}

/** What a screen reader is told of a card: how it differs, its title, what it does. */
function useLabel(): (node: JourneyNode, mark: NodeMark["is"] | undefined) => string {
  const says = useSays();
  const titleOf = useTitle();
  const compared = useT("designerCompare");
  return useCallback(
    (node, mark) => {
      const line = says(node).map((piece) => piece.text);
      return `${mark ? `${compared(`mark.${mark}`)}: ` : ""}${titleOf(node)}: ${line.join("")}`;
    },
    [compared, says, titleOf],
  );
}
