"use client";
import { createContext, useContext, useMemo } from "react";
import type { Problem } from "@/core/journey/problem";
import { useShelf } from "../shelf";
import { useDesigner } from "../store/use-designer";
import { sayProblem } from "./say-problem";

/** The findings about the drawing, recomputed as it changes. */
export const ProblemsContext = createContext<Problem[]>([]);
export const useProblems = (): Problem[] => useContext(ProblemsContext);

export type NodeProblem = { code: string; severity: Problem["severity"]; path: (string | number)[]; says: string };

/** A node's findings in the reader's language. */
export function useNodeProblems(node: string): NodeProblem[] {
  const all = useProblems();
  const { locale } = useShelf();
  const kind = useDesigner((state) => state.document.nodes.find((one) => one.id === node)?.kind);
  return useMemo(
    () =>
      all
        .filter((problem) => problem.node === node)
        .map((problem) => ({
          code: problem.code,
          severity: problem.severity,
          path: problem.path ?? [],
          says: sayProblem(problem, kind, locale),
        })),
    [all, kind, locale, node],
  );
}
