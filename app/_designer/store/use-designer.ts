"use client";
import { createContext, useContext, useRef } from "react";
import { useStore } from "zustand";
import type { Designer, DesignerState } from "./designer";

export const DesignerContext = createContext<Designer | undefined>(undefined);

/** The editor around a component. */
export function useEditor(): Designer {
  const designer = useContext(DesignerContext);
  if (!designer) throw new Error("a designer's part stands outside the designer");
  return designer;
}

/** Reads the editor's state; draws again when what was read changes. */
export const useDesigner = <T>(read: (state: DesignerState) => T): T => useStore(useEditor().store, read);

/** The same, for what is made anew at each reading: it is drawn again only when what was read is no longer like what was read before. */
export function useDesignerAlike<T>(read: (state: DesignerState) => T, isAlike: (was: T, is: T) => boolean): T {
  const kept = useRef<{ is: T } | undefined>(undefined);
  return useDesigner((state) => {
    const now = read(state);
    if (!kept.current || !isAlike(kept.current.is, now)) kept.current = { is: now };
    return kept.current.is;
  });
}

export const useHistory = (): { canUndo: boolean; canRedo: boolean } => {
  const { history } = useEditor();
  return {
    canUndo: useStore(history, (state) => state.pastStates.length > 0),
    canRedo: useStore(history, (state) => state.futureStates.length > 0),
  };
};
