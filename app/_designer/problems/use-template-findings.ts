"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import { z } from "zod";
import type { JourneyNode } from "@/core/journey/document";
import { type FieldType, fieldsOf } from "@/core/journey/parts/field";
import type { Problem } from "@/core/journey/problem";
import type { JourneyApi } from "../api";
import { kindOf } from "../kinds";
import { useDesigner } from "../store/use-designer";

/** Liquid and MJML are asked over the network: after a longer pause than what is found here. */
const PAUSE_MS = 500;
const IN_TEMPLATES: FieldType[] = ["content", "contents", "template", "headers", "properties"];
const NOTHING = z.object({});

/** Mistakes in the templates of all steps, as the draft changes: each changed step's are looked for once, on the server. */
export function useTemplateFindings(client: JourneyApi): Problem[] {
  const nodes = useDesigner((state) => state.document.nodes);
  // A config never changes in place; what was found in one holds as long as it does.
  const known = useRef(new WeakMap<JourneyNode["config"], Problem[]>());
  const before = useRef(new Map<string, Problem[]>());
  const [answers, setAnswers] = useState(0);
  useEffect(() => {
    const asked = nodes.filter((node) => !known.current.has(node.config) && bearsTemplates(node.kind));
    if (asked.length === 0) return;
    const soon = setTimeout(() => {
      client.templates(asked.map(({ id, kind, config }) => ({ id, kind, config }))).then(
        (found) => {
          for (const { id, config } of asked)
            known.current.set(
              config,
              found.filter(({ node }) => node === id),
            );
          setAnswers((count) => count + 1);
        },
        // Without a connection the next change asks again, and publishing asks in any case.
        () => {},
      );
    }, PAUSE_MS);
    return () => clearTimeout(soon);
  }, [client, nodes]);
  return useMemo(() => {
    void answers;
    return nodes.flatMap(({ id, config }) => {
      const found = known.current.get(config);
      if (found) before.current.set(id, found);
      // While one still writes, the last finding stays; what would mend it was for another text.
      const shown = found ?? before.current.get(id)?.map(({ fix: _, ...problem }) => problem) ?? [];
      return shown.map((problem) => of(problem, id));
    });
  }, [answers, nodes]);
}

/** A copy of a step shares its config, and so what was found in it. */
const of = (problem: Problem, node: string): Problem => ({
  ...problem,
  node,
  ...(problem.fix && { fix: { ...problem.fix, patch: { ...problem.fix.patch, node } } }),
});

const bearing = new Map<string, boolean>();
function bearsTemplates(kind: string): boolean {
  let bears = bearing.get(kind);
  if (bears === undefined) {
    bears = fieldsOf(kindOf(kind)?.config ?? NOTHING).some(({ meta }) => IN_TEMPLATES.includes(meta.field));
    bearing.set(kind, bears);
  }
  return bears;
}
