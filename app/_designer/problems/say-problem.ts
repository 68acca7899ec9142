import { z } from "zod";
import type { JourneyNode } from "@/core/journey/document";
import { type FieldMeta, fieldsOf } from "@/core/journey/parts/field";
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
  const meta = fieldsOf(kindOf(node?.kind ?? "")?.config ?? NONE).find(({ name }) => name === path[0])?.meta;
  const field = ((node && conditionAt(node.config, path)) ?? meta?.label)?.[locale];
  const found = withoutPath(says[locale], path.join(".") || "config");
  const message = asked(found, path.length === 1 ? meta?.options : undefined, locale) ?? found;
  return field ? `${field}${locale === "en" ? ": " : "："}${message}` : message;
}

/** What is absent, or none of the choices, as whoever sees the form is asked for it; the API says what a program should have sent. */
function asked(found: string, options: FieldMeta["options"], locale: Locale): string | undefined {
  const isMissing = /^(is missing: |缺少此项)/.test(found);
  const names = options?.map(({ label }) => label[locale]);
  if (names && (isMissing || /^(should be one of |应为以下之一)/.test(found)))
    return locale === "en" ? `choose ${names.join(" or ")}` : `请选择${names.join("或")}`;
  return isMissing ? (locale === "en" ? "fill this in" : "请填写") : undefined;
}

const withoutPath = (text: string, path: string): string =>
  text.startsWith(path) ? text.slice(path.length).replace(/^[:：]\s*/, "") : text;
