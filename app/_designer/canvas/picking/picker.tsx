"use client";
import { useReactFlow } from "@xyflow/react";
import { useState } from "react";
import { createPortal } from "react-dom";
import { useFocusBack } from "../../../_ui/page/use-focus-back";
import { edgesFrom, nodeOf, type Place, type Point, placeKey } from "../../edit/place";
import { sizeOf } from "../../geometry/size";
import { portsOf } from "../../kinds";
import { useSay } from "../../shelf";
import type { Picking } from "../../store/designer";
import { useCommands } from "../../store/use-commands";
import { useDesigner } from "../../store/use-designer";
import classes from "../canvas.module.css";
import { Pick, type Picked } from "./pick";

const PICKER = { width: 320, height: 440 };

/** The picker beside what it will be hung on. */
export function Picker({
  picking,
  positions,
  onPick,
  onClose,
}: {
  picking: Picking;
  positions: Record<string, Point>;
  onPick(way: Place | undefined, picked: Picked): void;
  onClose(): void;
}) {
  useFocusBack(true);
  const document = useDesigner((state) => state.document);
  const say = useSay();
  const { flowToScreenPosition } = useReactFlow();
  const commands = useCommands();
  const from =
    "place" in picking
      ? nodeOf(document, picking.place.from)
      : "node" in picking
        ? nodeOf(document, picking.node)
        : "replace" in picking
          ? nodeOf(document, picking.replace)
          : undefined;
  const replaced = "replace" in picking ? from : undefined;
  const [way, setWay] = useState<Place | undefined>(
    "place" in picking
      ? picking.place
      : "node" in picking
        ? picking.port === undefined
          ? commands.wayAfter(picking.node)
          : { from: picking.node, port: picking.port }
        : undefined,
  );
  const at = from ? positions[from.id] : undefined;
  const size = from ? sizeOf(from, portsOf) : { width: 0, height: 0 };
  const anchor =
    "at" in picking
      ? { x: picking.at.x + 136, y: picking.at.y }
      : { x: (at?.x ?? 0) + size.width / 2, y: (at?.y ?? 0) + size.height + 20 };
  const screen = flowToScreenPosition(anchor);
  // Below the "+" where there is room, else beside the card, which stays in sight.
  const isBelow = screen.y + PICKER.height < window.innerHeight - 12 || !from;
  // Neither over the inspector nor over the card: at its left where its right has no room.
  const inspector = window.document.querySelector("[data-inspector]")?.getBoundingClientRect();
  const most = (inspector?.left ?? window.innerWidth) - PICKER.width - 12;
  const right = flowToScreenPosition({ x: (at?.x ?? 0) + size.width + 24, y: 0 }).x;
  const beside = right <= most ? right : flowToScreenPosition({ x: (at?.x ?? 0) - 24, y: 0 }).x - PICKER.width;
  const left = Math.max(12, Math.min(isBelow ? screen.x - PICKER.width / 2 : beside, most));
  const top = Math.max(64, Math.min(screen.y, window.innerHeight - PICKER.height - 12));
  const leadsOn = replaced !== undefined && edgesFrom(document, replaced.id).length > 0;
  const isTaken = way ? document.edges.some((edge) => placeKey(edge) === placeKey(way)) : false;
  const source = way?.from ?? ("from" in picking ? picking.from?.from : undefined);
  const ways =
    "node" in picking && from
      ? portsOf(from).map((port) => ({ place: { from: from.id, port: port.id }, name: say(port.name) }))
      : [];
  const existing =
    source === undefined
      ? []
      : document.nodes.filter((node) => node.id !== document.entry && node.id !== source).map((node) => node.id);
  return createPortal(
    <>
      <div className={classes.veil} onPointerDown={onClose} />
      <div className={classes.picker} style={{ left, top }}>
        <Pick
          ways={ways}
          way={way}
          onWay={setWay}
          canEnd={!isTaken && !leadsOn}
          {...(replaced && { replaces: replaced.kind })}
          existing={existing}
          onPick={(picked) => onPick(way, picked)}
          onClose={onClose}
        />
      </div>
    </>,
    window.document.body,
  );
}
