import { z } from "zod";
import type { JourneyNode } from "@/core/journey/document";
import { fieldsOf } from "@/core/journey/parts/field";
import type { Problem } from "@/core/journey/problem";
import type { Locale } from "@/core/text";
import { kindOf } from "../kinds";
import { conditionAt } from "./place";

const NONE = z.object({});

/**
 * A finding for people: what a schema found is told by what its condition is about, or by the label of its setting, instead of its path in the
 * document.
 */
export function sayProblem(
  { code, says, path = [] }: Problem,
  node: Pick<JourneyNode, "kind" | "config"> | undefined,
  locale: Locale,
): string {
  if (code !== "config_invalid") return says[locale];
  const label = fieldsOf(kindOf(node?.kind ?? "")?.config ?? NONE).find(({ name }) => name === path[0])?.meta.label;
  const field = ((node && conditionAt(node.config, path)) ?? label)?.[locale];
  const message = withoutPath(says[locale], path.join(".") || "config");
  return field ? `${field}${locale === "en" ? ": " : "："}${message}` : message;
}

const withoutPath = (text: string, path: string): string =>
  text.startsWith(path) ? text.slice(path.length).replace(/^[:：]\s*/, "") : text;
