"use client";
import { notifications } from "@mantine/notifications";
import { useMemo } from "react";
import type { JourneyDocument } from "@/core/journey/document";
import type { Locale } from "@/core/text";
import { useT } from "../../_i18n/use-t";
import { newUuid } from "../../_ui/uuid";
import { move, tidy } from "../edit/arrange";
import { type Clip, copy, type PasteAt, paste, readClip, tooMany } from "../edit/clipboard";
import { connect, disconnect } from "../edit/connect";
import { branchOf, withBranch } from "../edit/fold";
import { freeBeside } from "../edit/free-place";
import { add, insert } from "../edit/insert";
import { isNote, noteId, noteKey, stick, unstick } from "../edit/notes";
import { headOf, tailOf } from "../edit/piece";
import { type Edit, isArrangedByHand, nodeOf, type Place, type Point, placeKey } from "../edit/place";
import { forks, type Kept, remove } from "../edit/remove";
import { replace } from "../edit/replace";
import { transplant } from "../edit/transplant";
import { lastWay, wayAfter } from "../edit/way";
import type { Box } from "../geometry/route";
import { COLUMN_GAP, NOTE_SIZE, sizeOf } from "../geometry/size";
import { type Fresh, freshNode, portsOf } from "../kinds";
import { useShelf } from "../shelf";
import { type Designer, drawn, type Picking, TITLE } from "./designer";
import { useJourneyId } from "./journey-id";
import { useAskWay } from "./use-ask-way";
import { useEditor } from "./use-designer";

const freshId = (kind: string): string => `${kind}-${newUuid().slice(0, 6)}`;
const compose =
  (...edits: Edit[]): Edit =>
  (document) =>
    edits.reduce((now, edit) => edit(now), document);

export type Commands = ReturnType<typeof commands>;

/** What a person can do with the drawing, whichever of mouse, keys and panels asks for it. */
export function useCommands(): Commands {
  const designer = useEditor();
  const journey = useJourneyId();
  const t = useT("designer");
  const c = useT("designerCanvas");
  const { locale } = useShelf();
  const askWay = useAskWay();
  return useMemo(
    () =>
      commands(
        designer,
        journey,
        locale,
        (key, count, most = 0) =>
          notifications.show({
            id: key,
            message: key === "foldNothing" || key === "copiedNotes" ? c(key, { count }) : t(key, { count, most }),
            autoClose: most > 0 ? 8000 : 4000,
          }),
        askWay,
      ),
    [askWay, c, designer, journey, locale, t],
  );
}

type Told =
  | "node.replaceTrigger"
  | "pasteNothing"
  | "pasteBroken"
  | "pasteTooMany"
  | "pasteTooManyNotes"
  | "pasteTooBig"
  | "addTooMany"
  | "addTooManyNotes"
  | "copied"
  | "copiedNotes"
  | "foldNothing";
type Positions = Record<string, Point>;

function commands(
  { store, edit, undo, redo, select }: Designer,
  journey: string,
  locale: Locale,
  tell: (what: Told, count: number, most?: number) => void,
  askWay: ReturnType<typeof useAskWay>,
) {
  const now = () => store.getState();
  const selection = () => now().selected.filter((id) => !isNote(id));
  const close = () => store.setState({ picking: undefined, aim: undefined, asked: undefined });
  /** The selected steps with what is folded behind them: nobody deletes or copies a branch by halves without seeing it. */
  const whole = (): string[] => {
    const { folded } = now();
    const document = drawn(now());
    const chosen = new Set(selection());
    for (const edge of document.edges)
      if (chosen.has(edge.from) && folded.includes(placeKey(edge)))
        for (const id of branchOf(document, edge, portsOf)) chosen.add(id);
    return [...chosen];
  };
  const clip = () => copy(drawn(now()), [...whole(), ...now().selected.filter(isNote)], journey);
  /** What would not be kept is not drawn: a journey beyond its limits can no longer be saved. */
  const isTooMuch = (piece: Pick<Clip, "nodes" | "notes">, by: "paste" | "add" = "paste"): boolean => {
    const found = tooMany(piece, now().document);
    if (found) tell(`${by}${found.of === "steps" ? "TooMany" : "TooManyNotes"}`, found.count, found.most);
    return found !== undefined;
  };
  const waysOf = (id: string): string[] =>
    now().document.edges.flatMap((edge) => (edge.from === id ? [placeKey(edge)] : []));
  return {
    undo,
    redo,
    close,
    wayAfter: (id: string) => wayAfter(now().document, id, portsOf),
    /** What the picker is asked for a next step: after this one, else on the drawing's last open way. */
    nextAfter(id: string | undefined): Picking | undefined {
      if (id !== undefined && this.wayAfter(id)) return { node: id };
      const place = lastWay(now().document, portsOf);
      return place && { place };
    },
    /** Undefined where the journey has no room for one more, which is told; so `addFree`. */
    add({ kind, preset }: Fresh, place: Place): string | undefined {
      const node = freshNode(kind, freshId(kind), locale, preset);
      if (isTooMuch({ nodes: [node] }, "add")) return undefined;
      edit(insert(node, place, portsOf), { select: [node.id] });
      close();
      return node.id;
    },
    /** With nothing to hang it on, a step stands free on the canvas; the rest is pinned where it is. */
    addFree({ kind, preset }: Fresh, at: Point, positions: Positions, from?: Place): string | undefined {
      const node = freshNode(kind, freshId(kind), locale, preset);
      if (isTooMuch({ nodes: [node] }, "add")) return undefined;
      edit(compose(move(positions), add(node, at), ...(from ? [connect(from, node.id)] : [])), { select: [node.id] });
      close();
      return node.id;
    },
    addAfterSelection(kind: string): string | undefined {
      const from = selection().at(-1);
      const { document } = now();
      const ends = portsOf(freshNode(kind, "", locale)).length === 0;
      const place =
        (from === undefined ? undefined : wayAfter(document, from, portsOf, ends)) ?? lastWay(document, portsOf);
      return place && this.add({ kind }, place);
    },
    /** Puts a step of another kind in a step's place, with its history. */
    replace(id: string, { kind, preset }: Fresh): string {
      const node = freshNode(kind, freshId(kind), locale, preset);
      edit(replace(id, node, portsOf), { select: [node.id] });
      close();
      return node.id;
    },
    connect(place: Place, to: string) {
      edit(connect(place, to));
      close();
    },
    remove() {
      const { selected, wire, document } = now();
      const notes = selected.filter(isNote).map(noteId);
      if (selected.length > 0) {
        const heir = document.edges.find((edge) => selected.includes(edge.to) && !selected.includes(edge.from))?.from;
        const going = whole();
        const take = (kept: Kept) =>
          edit(compose(remove(going, portsOf, kept), unstick(notes)), {
            select: heir && !selected.includes(document.entry) ? [heir] : [],
          });
        take({});
        askWay(forks(document, going, portsOf), take);
        if (selected.includes(document.entry)) tell("node.replaceTrigger", 1);
        return heir;
      }
      const edge = document.edges.find((one) => placeKey(one) === wire);
      if (edge) edit(disconnect([edge]));
      return undefined;
    },
    /** Lets its title be written, in the inspector. */
    rename: (id: string) => store.setState({ selected: [id], wire: undefined, panel: undefined, path: [TITLE] }),
    tidy: () => edit(tidy),
    selectAll: () => select(now().document.nodes.map((node) => node.id)),
    selectBranch: (id: string) => select(withBranch(now().document, id, portsOf)),
    /** Hangs the steps elsewhere. In a drawing arranged by hand they stay where they were dropped. */
    transplant(ids: string[], place: Place, positions: Positions) {
      const change = transplant(ids, place, portsOf);
      edit(isArrangedByHand(now().document) ? compose(move(positions), change) : change, { select: ids });
    },
    /** Puts steps where a person wants them; from then on nothing moves by itself. */
    place: (positions: Positions, moved: Positions) => edit(move({ ...positions, ...moved })),
    /** Folds a way's branch out of sight, or brings it back. */
    fold(place: Place) {
      const { folded, document } = now();
      const key = placeKey(place);
      if (folded.includes(key)) return store.setState({ folded: folded.filter((one) => one !== key) });
      const hidden = new Set(branchOf(document, place, portsOf));
      if (hidden.size === 0) return tell("foldNothing", 0);
      store.setState((state) => ({
        folded: [...folded, key],
        selected: state.selected.filter((id) => !hidden.has(id)),
        wire: undefined,
      }));
    },
    /** Folds every branch below a step; when something of it is folded, brings all of it back. */
    foldBelow(id: string) {
      const { folded } = now();
      const ways = waysOf(id);
      const isFolded = ways.some((key) => folded.includes(key));
      if (isFolded) return store.setState({ folded: folded.filter((key) => !ways.includes(key)) });
      const { document } = now();
      const branches = document.edges.filter(
        (edge) => edge.from === id && branchOf(document, edge, portsOf).length > 0,
      );
      if (branches.length === 0) return tell("foldNothing", 0);
      for (const { from, port } of branches) this.fold({ from, port });
    },
    unfold: (keys: string[]) =>
      store.setState(({ folded }) => ({ folded: folded.filter((key) => !keys.includes(key)) })),
    /** Sticks a note onto the canvas and lets it be written. */
    stick(at: Point) {
      const id = freshId("n");
      if (isTooMuch({ nodes: [], notes: [{ id, text: "", at }] }, "add")) return;
      edit(stick(id, at), { select: [noteKey(id)] });
      store.setState({ writing: id, asked: undefined });
    },
    /** The selected steps as text for the clipboard. */
    copyText(): string | undefined {
      const copied = clip();
      if (!copied) return undefined;
      if (copied.nodes.length > 0) tell("copied", copied.nodes.length);
      else tell("copiedNotes", copied.notes?.length ?? 0);
      return JSON.stringify(copied, null, 2);
    },
    pasteText(text: string, positions: Positions, pointer?: Point): string[] {
      const pasted = readClip(text);
      if (!pasted || pasted === "broken" || pasted === "too big") {
        tell(!pasted ? "pasteNothing" : pasted === "broken" ? "pasteBroken" : "pasteTooBig", 0);
        return [];
      }
      if (isTooMuch(pasted)) return [];
      const from = selection().length === 1 ? selection()[0] : undefined;
      const ends =
        pasted.nodes.length > 0 && !tailOf(headOf(pasted.nodes, pasted.edges), pasted.nodes, pasted.edges, portsOf);
      const place =
        from === undefined || pasted.nodes.length === 0 ? undefined : wayAfter(now().document, from, portsOf, ends);
      const where: PasteAt = place ? { after: place } : pointer ? { at: pointer } : { beside: true };
      // What was cut here and is put elsewhere here stays the same step, for runs that stand in it and for the reports.
      const keeps = (id: string) => pasted.journey === journey && !nodeOf(now().document, id);
      const { edit: change, ids } = paste(pasted, where, freshId, portsOf, keeps);
      edit("at" in where ? compose(move(positions), change) : change, { select: ids });
      return ids;
    },
    duplicate(positions: Positions): string[] {
      const copied = clip();
      if (!copied || isTooMuch(copied)) return [];
      const placed = { ...copied, nodes: copied.nodes.map((node) => ({ ...node, at: positions[node.id] ?? node.at })) };
      const { document } = now();
      const boxesOf = ({ nodes, notes = [] }: Pick<JourneyDocument, "nodes" | "notes">): Box[] => [
        ...nodes.map((node) => ({ x: 0, y: 0, ...(positions[node.id] ?? node.at), ...sizeOf(node, portsOf) })),
        ...notes.map(({ at }) => ({ ...at, ...NOTE_SIZE })),
      ];
      const at = freeBeside(boxesOf(placed), boxesOf(document), COLUMN_GAP);
      const { edit: change, ids } = paste(placed, { at }, freshId, portsOf);
      edit(isArrangedByHand(document) ? change : compose(move(positions), change), { select: ids });
      return ids;
    },
  };
}
