"use client";
import type { XYPosition } from "@xyflow/react";
import { type PointerEvent as ReactPointerEvent, type RefObject, useCallback, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Icon } from "../../../_ui/icons";
import type { Point } from "../../edit/place";
import { kindOf } from "../../kinds";
import { useSay } from "../../shelf";
import { freePart } from "../view/free-part";
import ghost from "./palette.module.css";

/** Carries a step from the palette over the canvas by pointer: a ghost follows, the nearest place to hang it lights up. */
export function usePaletteDrag(on: {
  toFlow(at: XYPosition): XYPosition;
  root: RefObject<HTMLDivElement | null>;
  aim(kind: string, at: Point | undefined): void;
  drop(kind: string, at: Point): void;
  click(kind: string): void;
}) {
  const say = useSay();
  const [held, setHeld] = useState<{ kind: string; x: number; y: number } | undefined>();
  /** Lets go of what is carried: the window may never hear of a pointer that the browser took away. */
  const carried = useRef<(() => void) | undefined>(undefined);
  const latest = useRef(on);
  latest.current = on;
  const start = useCallback((kind: string, begin: ReactPointerEvent) => {
    if (begin.button !== 0) return;
    carried.current?.();
    const from = { x: begin.clientX, y: begin.clientY };
    let isDragging = false;
    const isOver = (event: PointerEvent) => {
      const canvas = latest.current.root.current;
      const frame = canvas?.getBoundingClientRect();
      return (
        canvas !== null &&
        frame !== undefined &&
        event.clientX > frame.left + freePart(canvas).left &&
        event.clientX < frame.right &&
        event.clientY > frame.top &&
        event.clientY < frame.bottom
      );
    };
    const onMove = (event: PointerEvent) => {
      if (!isDragging && Math.hypot(event.clientX - from.x, event.clientY - from.y) < 4) return;
      isDragging = true;
      setHeld({ kind, x: event.clientX, y: event.clientY });
      latest.current.aim(
        kind,
        isOver(event) ? latest.current.toFlow({ x: event.clientX, y: event.clientY }) : undefined,
      );
    };
    const end = () => {
      setHeld(undefined);
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", letGo);
      window.removeEventListener("blur", letGo);
      window.removeEventListener("keydown", onKey, true);
      carried.current = undefined;
    };
    const letGo = () => {
      end();
      latest.current.aim(kind, undefined);
    };
    const onUp = (event: PointerEvent) => {
      end();
      if (!isDragging) latest.current.click(kind);
      else if (isOver(event)) latest.current.drop(kind, latest.current.toFlow({ x: event.clientX, y: event.clientY }));
      else latest.current.aim(kind, undefined);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      letGo();
    };
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", letGo);
    window.addEventListener("blur", letGo);
    window.addEventListener("keydown", onKey, true);
    carried.current = letGo;
  }, []);
  const click = useCallback((kind: string) => latest.current.click(kind), []);
  const kind = held && kindOf(held.kind);
  return {
    start,
    click,
    ghost:
      held &&
      kind &&
      createPortal(
        <div className={ghost.ghost} style={{ transform: `translate(${held.x + 14}px, ${held.y + 10}px)` }}>
          <Icon name={kind.icon} size={18} />
          {say(kind.name)}
        </div>,
        window.document.body,
      ),
  };
}
