import { z } from "zod";
import { fieldsOf } from "@/core/journey/parts/field";
import type { Problem } from "@/core/journey/problem";
import type { Locale } from "@/core/text";
import { kindOf } from "../kinds";

const NONE = z.object({});

/** A finding for people: what a schema found is told by the field's own label instead of its path in the document. */
export function sayProblem({ code, says, path = [] }: Problem, kind: string | undefined, locale: Locale): string {
  if (code !== "config_invalid") return says[locale];
  const field = fieldsOf(kindOf(kind ?? "")?.config ?? NONE).find(({ name }) => name === path[0])?.meta.label[locale];
  const message = withoutPath(says[locale], path.join(".") || "config");
  return field ? `${field}${locale === "en" ? ": " : "："}${message}` : message;
}

const withoutPath = (text: string, path: string): string =>
  text.startsWith(path) ? text.slice(path.length).replace(/^[:：]\s*/, "") : text;
