"use client";
import { createContext, useContext } from "react";
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

export const useHistory = (): { canUndo: boolean; canRedo: boolean } => {
  const { history } = useEditor();
  return {
    canUndo: useStore(history, (state) => state.pastStates.length > 0),
    canRedo: useStore(history, (state) => state.futureStates.length > 0),
  };
};
