"use client";
import type { SettingPart } from "@/core/journey/diff";
import type { JourneyDocument, JourneyNode, JourneyNote } from "@/core/journey/document";
import { useT } from "../../_i18n/use-t";
import { notesOf } from "../edit/notes";
import { edgeOf, nodeOf } from "../edit/place";
import { portsOf } from "../kinds";
import { useShelf } from "../shelf";
import type { Conflict } from "../store/saving/merge";
import { useName, useSays } from "../use-says";
import { type Change, changesOf } from "./change";
import type { Line } from "./use-field-lines";
import { useParts } from "./use-parts";
import { useSettingLines } from "./use-setting-lines";

/** What one side made of a step or a setting: field by field what it changed; `text` where no field tells it. */
export type ConflictSide = { title: string; text: string; fields: { key: string; label: string; changes: Change[] }[] };
/** Undefined: that side took it away. */
export type ConflictSides = { title: string; mine: ConflictSide | undefined; theirs: ConflictSide | undefined };
type Side = { node: JourneyNode | undefined; document: JourneyDocument };

/** What each side of a conflict changed since both began, in the reader's words. */
export function useConflictSides(): (
  conflict: Conflict,
  base: JourneyDocument,
  mine: JourneyDocument,
  theirs: JourneyDocument,
) => ConflictSides {
  const t = useT("designerCompare");
  const nameOf = useName();
  const says = useSays();
  const linesOf = useSettingLines();
  const partsOf = useParts();
  const d = useT("designer");
  const c = useT("designerCanvas");
  const { locale } = useShelf();
  /** Where each way of a step leads, by the way's name. */
  const waysOf = ({ node, document }: Side): Line[] =>
    node
      ? portsOf(node).flatMap(({ id, name }) => {
          const to = nodeOf(document, edgeOf(document, { from: node.id, port: id })?.to ?? "");
          return to ? [{ key: id, name: d("outlineBy", { port: name[locale] }), text: nameOf(to), isThing: true }] : [];
        })
      : [];
  const ofNode = (now: Side, was: Side): ConflictSide | undefined =>
    now.node && {
      title: nameOf(now.node),
      text: says(now.node)
        .map((piece) => piece.text)
        .join(""),
      fields: [
        ...partsOf(now.node, was.node),
        { key: "ways", label: "", before: waysOf(was), after: waysOf(now) },
      ].flatMap(({ key, label, before, after }) => {
        const changes = changesOf(before, after);
        return changes.length > 0 ? [{ key, label, changes }] : [];
      }),
    };
  return (conflict, base, mine, theirs) => {
    if (conflict.node !== undefined) {
      const was = { node: nodeOf(base, conflict.node), document: base };
      const sides = {
        mine: ofNode({ node: conflict.mine, document: mine }, was),
        theirs: ofNode({ node: conflict.theirs, document: theirs }, was),
      };
      return { title: was.node ? nameOf(was.node) : ((sides.mine ?? sides.theirs)?.title ?? conflict.node), ...sides };
    }
    if (conflict.note !== undefined) {
      const title = c("note.label");
      const lines = (note: JourneyNote | undefined) => (note ? [{ key: "text", text: note.text }] : []);
      const was = lines(notesOf(base).find(({ id }) => id === conflict.note));
      const of = (note: JourneyNote | undefined): ConflictSide | undefined =>
        note && {
          title,
          text: note.text,
          fields: [{ key: "text", label: "", changes: changesOf(was, lines(note)) }],
        };
      return { title, mine: of(conflict.mine), theirs: of(conflict.theirs) };
    }
    const { part, key } = settingOf(conflict.setting);
    const lines = (document: JourneyDocument) =>
      linesOf(document, part).filter((line) => key === undefined || line.key === key);
    const title = [mine, theirs, base].flatMap(lines).find(({ name }) => name)?.name ?? t(`setting.${part}`);
    const of = (document: JourneyDocument): ConflictSide | undefined => {
      const [before, after] = [base, document].map((one) => lines(one).map(({ key, text }) => ({ key, text })));
      if (!before || !after || after.length === 0) return undefined;
      const text = after.map(({ text }) => text).join(" · ");
      return { title, text, fields: [{ key: part, label: "", changes: changesOf(before, after) }] };
    };
    return { title, mine: of(mine), theirs: of(theirs) };
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
