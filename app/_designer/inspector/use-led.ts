"use client";
import { useReducedMotion } from "@mantine/hooks";
import { type RefObject, useEffect } from "react";
import { type Path, placeKey } from "../problems/place";
import { TITLE } from "../store/designer";
import { useDesigner } from "../store/use-designer";

/** Takes the keyboard to the field of a panel that a problem's jump leads to; whoever renames begins in the title. */
export function useLed(panel: RefObject<HTMLElement | null>): void {
  const path = useDesigner((state) => state.path);
  const still = useReducedMotion();
  useEffect(() => {
    if (path?.[0] === undefined || !panel.current) return;
    const target = targetOf(panel.current, path);
    target?.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
    const field = target?.querySelector<HTMLElement>("input, textarea, button:not([data-skip])");
    field?.focus({ preventScroll: true });
    if (path[0] === TITLE && field instanceof HTMLTextAreaElement) field.select();
  }, [panel, path, still]);
}

/** Where a path leads: into a condition's row, to what it is compared with; else to the setting that it begins with. */
function targetOf(panel: HTMLElement, path: Path): HTMLElement | null {
  for (let length = path.length; length > 0; length--) {
    const key = placeKey(path.slice(0, length));
    const row = panel.querySelector<HTMLElement>(`[data-place="${CSS.escape(key)}"]`);
    if (row) return path[length] === "field" ? row : (row.querySelector<HTMLElement>("[data-value]") ?? row);
  }
  return panel.querySelector<HTMLElement>(`[data-field="${CSS.escape(String(path[0]))}"]`);
}
