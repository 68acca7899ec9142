"use client";
import { createContext, useContext } from "react";
import { isWithin, type Path } from "./place";
import type { NodeProblem } from "./use-problems";

/** What is wrong with a step, for the rows of its rules. */
export const FindingsContext = createContext<readonly NodeProblem[]>([]);

/** What is wrong with the condition at a place of the step's config; nothing where the rule is no step's. */
export function useFindingsAt(place: Path | undefined): readonly NodeProblem[] {
  const all = useContext(FindingsContext);
  return place ? all.filter(({ path }) => isWithin(path, place)) : [];
}
