"use client";
import { type Connection, type FinalConnectionState, useReactFlow } from "@xyflow/react";
import { useMemo, useRef } from "react";
import { reconnect } from "../edit/connect";
import type { Point } from "../edit/place";
import type { Commands } from "../store/use-commands";
import { useEditor } from "../store/use-designer";
import type { WireEdge } from "./flow/lines";

/** Half a card: what is added at a point stands around it. */
export const around = (at: Point): Point => ({ x: at.x - 136, y: at.y });
const MEANT = 24;

/** Pulling lines: onto a card it leads there, onto the empty canvas it asks what shall come. */
export function useConnecting(commands: Commands) {
  const { store, edit } = useEditor();
  const { screenToFlowPosition } = useReactFlow();
  const pressed = useRef<Point | undefined>(undefined);
  return useMemo(
    () => ({
      onConnectStart(event: MouseEvent | TouchEvent) {
        const at = "touches" in event ? event.touches[0] : event;
        pressed.current = at && { x: at.clientX, y: at.clientY };
      },
      onConnect(connection: Connection) {
        if (connection.sourceHandle)
          commands.connect({ from: connection.source, port: connection.sourceHandle }, connection.target);
      },
      onConnectEnd(event: MouseEvent | TouchEvent, { fromNode, fromHandle, toNode, isValid }: FinalConnectionState) {
        if (!fromNode || !fromHandle?.id || fromHandle.type !== "source" || isValid) return;
        const from = { from: fromNode.id, port: fromHandle.id };
        const at = "changedTouches" in event ? event.changedTouches[0] : event;
        const over =
          toNode?.id ??
          (at &&
            window.document.elementFromPoint(at.clientX, at.clientY)?.closest<HTMLElement>(".react-flow__node")?.dataset
              .id);
        if (over !== undefined) {
          if (over !== fromNode.id) commands.connect(from, over);
          return;
        }
        const start = pressed.current;
        if (at && start && Math.hypot(at.clientX - start.x, at.clientY - start.y) > MEANT)
          store.setState({ picking: { at: around(screenToFlowPosition({ x: at.clientX, y: at.clientY })), from } });
      },
      onReconnect(was: WireEdge, now: Connection) {
        if (was.sourceHandle && now.sourceHandle)
          edit(
            reconnect(
              { from: was.source, port: was.sourceHandle },
              { from: now.source, port: now.sourceHandle },
              now.target,
            ),
          );
      },
    }),
    [commands, edit, screenToFlowPosition, store],
  );
}
