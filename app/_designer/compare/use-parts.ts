"use client";
import type { JourneyNode } from "@/core/journey/document";
import { type ConfigField, fieldsOf } from "@/core/journey/parts/field";
import { useT } from "../../_i18n/use-t";
import { kindOf } from "../kinds";
import { useSay } from "../shelf";
import { type Line, useFieldLines } from "./use-field-lines";

/** One field of a step's form. */
export type Part = { key: string; label: string; before: Line[]; after: Line[] };

/** Every field of the step's form and of its earlier self's, with what each says. */
export function useParts(): (node: JourneyNode, before: JourneyNode | undefined) => Part[] {
  const t = useT("designerCompare");
  const say = useSay();
  const tell = useFieldLines();
  const nameOf = (kind: string) => say(kindOf(kind)?.name ?? { en: kind, "zh-CN": kind });
  const one = (text: string | undefined): Line[] => (text ? [{ key: "", text }] : []);
  return (node, before) => {
    const isOther = before !== undefined && before.kind !== node.kind;
    const fields = [...formOf(node.kind), ...(isOther ? formOf(before.kind) : [])];
    return [
      ...(isOther
        ? [{ key: "kind", label: t("kind"), before: one(nameOf(before.kind)), after: one(nameOf(node.kind)) }]
        : []),
      { key: "title", label: t("title"), before: one(before?.title), after: before ? one(node.title) : [] },
      ...fields
        .filter(({ name }, i) => fields.findIndex((field) => field.name === name) === i)
        .map(({ name, meta }) => ({
          key: name,
          label: say(meta.label),
          before: tell(meta, before?.config[name]),
          after: tell(meta, node.config[name]),
        })),
      { key: "note", label: t("note"), before: one(before?.note), after: one(node.note) },
    ];
  };
}

function formOf(kind: string): ConfigField[] {
  const found = kindOf(kind);
  return found ? fieldsOf(found.config) : [];
}
