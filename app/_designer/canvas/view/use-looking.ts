"use client";
import { type RefObject, useEffect } from "react";
import type { Fold } from "../../edit/fold";
import { isNote } from "../../edit/notes";
import type { Point } from "../../edit/place";
import type { Commands } from "../../store/use-commands";
import { useDesigner, useEditor } from "../../store/use-designer";
import type { View } from "./view";

type Positions = Record<string, Point>;
/** A card has slid to its place by then. */
const SETTLED_MS = 300;
/** Of more than these, none is meant by itself. */
const FEW = 4;

/** The view goes to what one looks for: a step just added or jumped to, once it has found its place, and the uppermost difference of two drawings. */
export function useLooking(
  view: View,
  isReady: boolean,
  positions: Positions,
  current: RefObject<Positions>,
  folds: RefObject<Map<string, Fold>>,
  commands: Commands,
): void {
  const { store } = useEditor();
  const selected = useDesigner((state) => state.selected);
  const marks = useDesigner((state) => state.shown?.marks);
  const last = selected.length <= FEW ? selected[0] : undefined;
  const hasPlace = last !== undefined && positions[last] !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: chosen again, it is shown again
  useEffect(() => {
    if (last === undefined || !isReady || isNote(last)) return;
    const behind = hiding(folds.current, last);
    if (behind.length > 0) commands.unfold(behind);
    if (!hasPlace) return;
    const timer = setTimeout(() => view.show(last), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [commands, hasPlace, isReady, last, selected, view]);

  useEffect(() => {
    if (!marks || !isReady) return;
    const timer = setTimeout(() => {
      const height = (id: string) => current.current[id]?.y ?? Number.POSITIVE_INFINITY;
      const [top] = [...marks.nodes.keys()].sort((a, b) => height(a) - height(b));
      if (top !== undefined && store.getState().selected.length === 0) view.show(top);
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [current, isReady, marks, store, view]);
}

/** What a jump to a step has to unfold. */
const hiding = (folds: Map<string, Fold>, id: string): string[] =>
  [...folds].flatMap(([key, { hidden }]) => (hidden.includes(id) ? [key] : []));
