"use client";
import type { Problem } from "@/core/journey/problem";
import { useEditor } from "../store/use-designer";

/** Leads to what a finding is about: the field of its step, or the journey's settings. */
export function useGoTo(): (problem: Pick<Problem, "node" | "path">) => void {
  const { store, select, look } = useEditor();
  return ({ node, path }) => {
    if (store.getState().mode !== "edit") look({ mode: "edit" });
    if (node === undefined) return store.setState({ panel: "settings", selected: [] });
    select([node]);
    store.setState({ path });
  };
}
