"use client";
import type { Problem } from "@/core/journey/problem";
import { useEditor } from "../store/use-designer";

/** Leads to what a finding is about: the field of its step, or of the journey's settings. */
export function useGoTo(): (problem: Pick<Problem, "node" | "path">) => void {
  const { store, select, look } = useEditor();
  return ({ node, path }) => {
    if (store.getState().mode !== "edit") look({ mode: "edit" });
    select(node === undefined ? [] : [node]);
    store.setState(({ panel }) => ({
      // Another path each time, so that the same finding leads there again.
      path: path && [...path],
      panel: node === undefined ? "settings" : panel === "problems" ? panel : undefined,
    }));
  };
}
