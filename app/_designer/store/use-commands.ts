"use client";
import { notifications } from "@mantine/notifications";
import { useMemo } from "react";
import { useT } from "../../_i18n/use-t";
import { move, tidy } from "../edit/arrange";
import { copy, type PasteAt, paste, readClip } from "../edit/clipboard";
import { connect, disconnect } from "../edit/connect";
import { add, insert } from "../edit/insert";
import { type Edit, edgeOf, isArrangedByHand, nodeOf, type Place, type Point, placeKey } from "../edit/place";
import { remove } from "../edit/remove";
import { freshNode, portsOf } from "../kinds";
import type { Designer } from "./designer";
import { useEditor } from "./use-designer";

const freshId = (kind: string): string => `${kind}-${crypto.randomUUID().slice(0, 6)}`;
const compose =
  (...edits: Edit[]): Edit =>
  (document) =>
    edits.reduce((now, edit) => edit(now), document);

export type Commands = ReturnType<typeof commands>;

/** What a person can do with the drawing, whichever of mouse, keys and panels asks for it. */
export function useCommands(): Commands {
  const designer = useEditor();
  const t = useT("designer");
  return useMemo(
    () =>
      commands(designer, (key, count) => notifications.show({ id: key, message: t(key, { count }), autoClose: 4000 })),
    [designer, t],
  );
}

type Told = "node.replaceTrigger" | "pasteNothing" | "copied";

function commands({ store, edit, undo, redo, select }: Designer, tell: (what: Told, count: number) => void) {
  const now = () => store.getState();
  const selection = () => now().selected;
  const close = () => store.setState({ picking: undefined, aim: undefined });
  /** The way on which a new step comes after a node: its first open port, else its first. */
  const wayAfter = (id: string): Place | undefined => {
    const node = nodeOf(now().document, id);
    const ports = node ? portsOf(node) : [];
    const port = ports.find((one) => !edgeOf(now().document, { from: id, port: one.id })) ?? ports[0];
    return port && { from: id, port: port.id };
  };
  /** The last open way of the drawing, for a step added with nothing selected. */
  const lastWay = (): Place | undefined =>
    now()
      .document.nodes.toReversed()
      .map((node) => wayAfter(node.id))
      .find((place) => place && !edgeOf(now().document, place));
  const clip = () => copy(now().document, selection());
  return {
    undo,
    redo,
    close,
    wayAfter,
    add(kind: string, place: Place): string {
      const node = freshNode(kind, freshId(kind));
      edit(insert(node, place, portsOf), { select: [node.id] });
      close();
      return node.id;
    },
    /** With nothing to hang it on, a step stands free on the canvas; the rest is pinned where it is. */
    addFree(kind: string, at: Point, positions: Record<string, Point>, from?: Place): string {
      const node = freshNode(kind, freshId(kind));
      edit(compose(move(positions), add(node, at), ...(from ? [connect(from, node.id)] : [])), { select: [node.id] });
      close();
      return node.id;
    },
    addAfterSelection(kind: string): string | undefined {
      const from = selection().at(-1);
      const place = (from === undefined ? undefined : wayAfter(from)) ?? lastWay();
      return place && this.add(kind, place);
    },
    connect(place: Place, to: string) {
      edit(connect(place, to));
      close();
    },
    remove() {
      const { selected, wire, document } = now();
      if (selected.length > 0) {
        const heir = document.edges.find((edge) => selected.includes(edge.to) && !selected.includes(edge.from))?.from;
        edit(remove(selected, portsOf), { select: heir && !selected.includes(document.entry) ? [heir] : [] });
        if (selected.includes(document.entry)) tell("node.replaceTrigger", 1);
        return heir;
      }
      const edge = document.edges.find((one) => placeKey(one) === wire);
      if (edge) edit(disconnect([edge]));
      return undefined;
    },
    tidy: () => edit(tidy),
    selectAll: () => select(now().document.nodes.map((node) => node.id)),
    /** The selected steps as text for the clipboard. */
    copyText(): string | undefined {
      const copied = clip();
      if (!copied) return undefined;
      tell("copied", copied.nodes.length);
      return JSON.stringify(copied, null, 2);
    },
    pasteText(text: string, positions: Record<string, Point>, pointer?: Point): string[] {
      const pasted = readClip(text);
      if (!pasted) {
        tell("pasteNothing", 0);
        return [];
      }
      const from = selection().length === 1 ? selection()[0] : undefined;
      const place = from === undefined ? undefined : wayAfter(from);
      const where: PasteAt = place ? { after: place } : pointer ? { at: pointer } : { beside: true };
      const { edit: change, ids } = paste(pasted, where, freshId, portsOf);
      edit("at" in where ? compose(move(positions), change) : change, { select: ids });
      return ids;
    },
    duplicate(positions: Record<string, Point>): string[] {
      const copied = clip();
      if (!copied) return [];
      const placed = { ...copied, nodes: copied.nodes.map((node) => ({ ...node, at: positions[node.id] ?? node.at })) };
      const { edit: change, ids } = paste(placed, { beside: true }, freshId, portsOf);
      edit(isArrangedByHand(now().document) ? change : compose(move(positions), change), { select: ids });
      return ids;
    },
  };
}
