"use client";
import { useReactFlow } from "@xyflow/react";
import type { ReactNode, RefObject } from "react";
import { initialOf } from "@/core/journey/ask-kind";
import type { Folded } from "../../edit/fold";
import type { Place, Point } from "../../edit/place";
import { sizeOf } from "../../geometry/size";
import { portsOf } from "../../kinds";
import type { Commands } from "../../store/use-commands";
import { useDesigner, useEditor } from "../../store/use-designer";
import { dropTarget } from "../drop-target";
import { focusNode } from "../focus";
import type { Picked } from "./pick";
import { Picker } from "./picker";
import { usePaletteDrag } from "./use-palette-drag";

type Positions = Record<string, Point>;

/** How steps come onto the canvas: carried or clicked in the palette, or picked beside a "+". Whatever came has the keyboard. */
export function useAdding(
  root: RefObject<HTMLDivElement | null>,
  shown: RefObject<Folded>,
  current: RefObject<Positions>,
  commands: Commands,
): { drag: ReturnType<typeof usePaletteDrag>; picker(positions: Positions): ReactNode } {
  const { store } = useEditor();
  const { getZoom, screenToFlowPosition } = useReactFlow();
  const picking = useDesigner((state) => state.picking);
  const goTo = (id: string | undefined) => {
    if (id !== undefined) focusNode(root.current, id);
  };
  const drag = usePaletteDrag({
    toFlow: screenToFlowPosition,
    root,
    aim: (kind, at) =>
      store.setState({ aim: at && dropTarget(shown.current.document, current.current, at, hasWayOn(kind), getZoom()) }),
    drop: (kind, at) => {
      const { aim } = store.getState();
      store.setState({ aim: undefined });
      const size = sizeOf({ id: "", kind, config: initialOf(kind) }, portsOf);
      goTo(
        aim
          ? commands.add({ kind }, aim.place)
          : commands.addFree({ kind }, { x: at.x - size.width / 2, y: at.y - size.height / 2 }, current.current),
      );
    },
    click: (kind) => goTo(commands.addAfterSelection(kind)),
  });
  const onPick = (way: Place | undefined, picked: Picked) => {
    if (!picking) return;
    const from = "from" in picking ? picking.from : undefined;
    if ("replace" in picking) {
      if ("kind" in picked) goTo(commands.replace(picking.replace, picked));
    } else if ("existing" in picked) {
      const place = way ?? from;
      if (place) commands.connect(place, picked.existing);
      goTo(picked.existing);
    } else if (way) goTo(commands.add(picked, way));
    else if ("at" in picking) goTo(commands.addFree(picked, picking.at, current.current, from));
  };
  const onClose = () => {
    commands.close();
    if (!picking) return;
    if ("place" in picking) goTo(picking.place.from);
    else if ("node" in picking) goTo(picking.node);
    else if ("replace" in picking) goTo(picking.replace);
  };
  return {
    drag,
    picker: (positions) =>
      picking && (
        <Picker
          key={JSON.stringify(picking)}
          picking={picking}
          positions={positions}
          onPick={onPick}
          onClose={onClose}
        />
      ),
  };
}

const hasWayOn = (kind: string) => portsOf({ kind, config: initialOf(kind) }).length > 0;
