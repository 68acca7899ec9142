"use client";
import { createContext, useContext, useMemo } from "react";
import type { Problem } from "@/core/journey/problem";
import { useSay } from "../shelf";

/** The findings about the drawing, recomputed as it changes. */
export const ProblemsContext = createContext<Problem[]>([]);
export const useProblems = (): Problem[] => useContext(ProblemsContext);

export type NodeProblem = { code: string; severity: Problem["severity"]; path: (string | number)[]; says: string };

/** A node's findings in the reader's language. */
export function useNodeProblems(node: string): NodeProblem[] {
  const all = useProblems();
  const say = useSay();
  return useMemo(
    () => all.filter((problem) => problem.node === node).map(({ code, severity, path, says }) => ({ code, severity, path: path ?? [], says: say(says) })),
    [all, node, say],
  );
}
