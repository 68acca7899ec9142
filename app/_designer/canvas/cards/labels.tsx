"use client";
import { createContext, type ReactNode, type RefObject, useContext, useLayoutEffect, useState } from "react";
import { createPortal } from "react-dom";

/** Where what lies on lines is drawn: over all lines, below all cards. */
export const LabelsContext = createContext<Element | null>(null);

/** Finds that layer of the library's once it is drawn. */
export function useLabels(root: RefObject<HTMLElement | null>, isDrawn: boolean): Element | null {
  const [layer, setLayer] = useState<Element | null>(null);
  useLayoutEffect(() => {
    if (isDrawn) setLayer(root.current?.querySelector(".react-flow__edgelabel-renderer") ?? null);
  }, [isDrawn, root]);
  return layer;
}

/** What lies on a line. The library's own part of this kind looks for the layer anew for each line, at each step of a pan. */
export function OnLine({ children }: { children: ReactNode }) {
  const layer = useContext(LabelsContext);
  return layer && createPortal(children, layer);
}
