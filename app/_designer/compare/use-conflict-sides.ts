"use client";
import type { SettingPart } from "@/core/journey/diff";
import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import { useT } from "../../_i18n/use-t";
import { edgeOf, nodeOf } from "../edit/place";
import { portsOf } from "../kinds";
import { useShelf } from "../shelf";
import type { Conflict } from "../store/merge";
import { useName, useSays } from "../use-says";
import { changesOf } from "./change";
import type { Line } from "./use-field-lines";
import { useParts } from "./use-parts";
import { useSettingLines } from "./use-setting-lines";

/** `lines`: field by field what the sides differ in; none where one has no other side. */
export type ConflictSide = { title: string; text: string; lines: { key: string; name: string; text: string }[] };
/** Undefined: that side took it away. */
export type ConflictSides = { title: string; mine: ConflictSide | undefined; theirs: ConflictSide | undefined };

/** What both sides of a conflict say, in the reader's words. */
export function useConflictSides(): (
  conflict: Conflict,
  mine: JourneyDocument,
  theirs: JourneyDocument,
) => ConflictSides {
  const t = useT("designerCompare");
  const nameOf = useName();
  const says = useSays();
  const linesOf = useSettingLines();
  const partsOf = useParts();
  const d = useT("designer");
  const { locale } = useShelf();
  /** Where each way of a step leads, by the way's name. */
  const waysOf = (node: JourneyNode, document: JourneyDocument): Line[] =>
    portsOf(node).flatMap(({ id, name }) => {
      const to = nodeOf(document, edgeOf(document, { from: node.id, port: id })?.to ?? "");
      return to ? [{ key: id, name: d("outlineBy", { port: name[locale] }), text: nameOf(to) }] : [];
    });
  const ofNode = (node: JourneyNode | undefined, lines: ConflictSide["lines"]): ConflictSide | undefined =>
    node && {
      title: nameOf(node),
      lines,
      text: says(node)
        .map((piece) => piece.text)
        .join(""),
    };
  return (conflict, mine, theirs) => {
    if (conflict.node !== undefined) {
      const { mine: my, theirs: their } = conflict;
      const apart =
        my && their
          ? [...partsOf(their, my), { key: "ways", label: "", before: waysOf(my, mine), after: waysOf(their, theirs) }]
          : [];
      const changes = apart.flatMap((part) =>
        changesOf(part.before, part.after).map(({ key, name, before, after }) => ({
          key: `${part.key} ${key}`,
          name: [part.label, name].filter(Boolean).join(" · "),
          before,
          after,
        })),
      );
      const side = (of: "before" | "after") =>
        changes.map(({ key, name, [of]: text }) => ({ key, name, text: text ?? "—" }));
      const sides = { mine: ofNode(my, side("before")), theirs: ofNode(their, side("after")) };
      return { title: (sides.mine ?? sides.theirs)?.title ?? conflict.node, ...sides };
    }
    const { part, key } = settingOf(conflict.setting);
    const of = (document: JourneyDocument): ConflictSide | undefined => {
      const lines = linesOf(document, part).filter((line) => key === undefined || line.key === key);
      if (lines.length === 0) return undefined;
      return {
        title: lines[0]?.name ?? t(`setting.${part}`),
        text: lines.map(({ text }) => text).join(" · "),
        lines: [],
      };
    };
    const sides = { mine: of(mine), theirs: of(theirs) };
    return { title: (sides.mine ?? sides.theirs)?.title ?? t(`setting.${part}`), ...sides };
  };
}

const PARTS: Record<string, SettingPart> = {
  name: "name",
  entry: "entry",
  goal: "goal",
  exits: "exits",
  "settings.reentry": "reentry",
  "settings.priority": "priority",
};

/** Which part of the comparison a setting is told in; `key`: its line there. */
function settingOf(setting: string): { part: SettingPart; key: string | undefined } {
  const part = PARTS[setting];
  return part ? { part, key: undefined } : { part: "other", key: setting.split(".").at(-1) };
}
