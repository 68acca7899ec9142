"use client";
import type { SettingPart } from "@/core/journey/diff";
import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import { useT } from "../../_i18n/use-t";
import type { Conflict } from "../store/merge";
import { useSays, useTitle } from "../use-says";
import { useSettingLines } from "./use-setting-lines";

export type ConflictSide = { title: string; text: string };
/** Undefined: that side took it away. */
export type ConflictSides = { title: string; mine: ConflictSide | undefined; theirs: ConflictSide | undefined };

/** What both sides of a conflict say, in the reader's words. */
export function useConflictSides(): (
  conflict: Conflict,
  mine: JourneyDocument,
  theirs: JourneyDocument,
) => ConflictSides {
  const t = useT("designerCompare");
  const titleOf = useTitle();
  const says = useSays();
  const linesOf = useSettingLines();
  const ofNode = (node: JourneyNode | undefined): ConflictSide | undefined =>
    node && {
      title: titleOf(node),
      text: says(node)
        .map((piece) => piece.text)
        .join(""),
    };
  return (conflict, mine, theirs) => {
    if (conflict.node !== undefined)
      return { title: conflict.node, mine: ofNode(conflict.mine), theirs: ofNode(conflict.theirs) };
    const { part, key } = settingOf(conflict.setting);
    const of = (document: JourneyDocument): ConflictSide | undefined => {
      const lines = linesOf(document, part).filter((line) => key === undefined || line.key === key);
      if (lines.length === 0) return undefined;
      return { title: lines[0]?.name ?? t(`setting.${part}`), text: lines.map(({ text }) => text).join(" · ") };
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
