"use client";
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useMemo, useState } from "react";
import type { Problem } from "@/core/journey/problem";
import { type Context, problems } from "@/core/journey/problems";
import type { JourneyApi } from "../api";
import { nodeOf } from "../edit/place";
import { type ShelfOffer, useShelf } from "../shelf";
import { useDesigner } from "../store/use-designer";
import { useAlike } from "../use-alike";
import { sayProblem } from "./say-problem";
import { useTemplateFindings } from "./use-template-findings";

/** The findings about the drawing, recomputed as it changes. */
export const ProblemsContext = createContext<Problem[]>([]);
/** Looking for problems takes longer than a letter: they are looked for when the typing pauses. */
const PAUSE_MS = 150;
const FRESH_MS = 30_000;
const NONE: Problem[] = [];
const known: NonNullable<Context["known"]> = new WeakMap();

/** Looks for problems in the draft as it changes, after the change is on the screen. */
export function useFindings(journey: string, client: JourneyApi, offers: ShelfOffer[] | undefined): Problem[] {
  const templates = useTemplateFindings(client);
  const document = useDesigner((state) => state.document);
  const { data: around } = useQuery({
    queryKey: ["neighbours", journey],
    queryFn: ({ signal }) => client.neighbours(signal),
    staleTime: FRESH_MS,
    retry: false,
  });
  const [found, setFound] = useState(NONE);
  useEffect(() => {
    const context = { known, self: journey, ...(offers && { offers }), ...around };
    const soon = setTimeout(() => setFound(problems(document, context)), PAUSE_MS);
    return () => clearTimeout(soon);
  }, [document, journey, around, offers]);
  const all = useMemo(() => (templates.length > 0 ? [...found, ...templates] : found), [found, templates]);
  // Every card asks for its own: where nothing else was found, none is drawn again.
  return useAlike(all, isSame);
}

const isSame = (some: Problem[], others: Problem[]): boolean =>
  some.length === others.length && some.every((one, i) => JSON.stringify(one) === JSON.stringify(others[i]));

export const useProblems = (): Problem[] => useContext(ProblemsContext);

export type NodeProblem = { code: string; severity: Problem["severity"]; path: (string | number)[]; says: string };

/** A node's findings in the reader's language; without a node, those of the journey as a whole. */
export function useNodeProblems(node: string | undefined): NodeProblem[] {
  const all = useProblems();
  const { locale } = useShelf();
  const kind = useDesigner((state) => (node === undefined ? undefined : nodeOf(state.document, node)?.kind));
  const config = useDesigner((state) => (node === undefined ? undefined : nodeOf(state.document, node)?.config));
  return useMemo(
    () =>
      (byNode(all).get(node) ?? NONE).map((problem) => ({
        code: problem.code,
        severity: problem.severity,
        path: problem.path ?? [],
        says: sayProblem(problem, kind !== undefined && config ? { kind, config } : undefined, locale),
      })),
    [all, config, kind, locale, node],
  );
}

// Every card asks for its own.
const indexed = new WeakMap<Problem[], Map<string | undefined, Problem[]>>();
function byNode(all: Problem[]): Map<string | undefined, Problem[]> {
  const known = indexed.get(all);
  if (known) return known;
  const index = new Map<string | undefined, Problem[]>();
  for (const problem of all) index.set(problem.node, [...(index.get(problem.node) ?? NONE), problem]);
  indexed.set(all, index);
  return index;
}
