"use client";
import { notifications } from "@mantine/notifications";
import { type RefObject, useCallback } from "react";
import { useT } from "../../_i18n/use-t";
import { useKeysNamed } from "../../_ui/names/use-keys-named";
import { type Able, COMMANDS } from "../commands/table";
import { isNote } from "../edit/notes";
import type { Point } from "../edit/place";
import { drawn, isFixed } from "../store/designer";
import { put, read } from "../store/system-clipboard";
import type { Commands } from "../store/use-commands";
import { useEditor } from "../store/use-designer";
import { focusNode } from "./focus";
import type { View } from "./view/view";

/** The card that the keyboard is on, else the only one that is selected. */
export const currentCard = (at: EventTarget | null, selected: string[]): string | undefined =>
  (at instanceof HTMLElement ? at.closest<HTMLElement>(".react-flow__node")?.dataset.id : undefined) ??
  (selected.length === 1 ? selected[0] : undefined);

/** What can be done with the drawing while the keyboard is somewhere, by keys as by ⌘K. */
export function useAbleCanvas(
  root: RefObject<HTMLElement | null>,
  commands: Commands,
  positions: RefObject<Record<string, Point>>,
  view: View,
): (at: EventTarget | null) => Able {
  const { store, history, select } = useEditor();
  const c = useT("designerCanvas");
  const named = useKeysNamed();
  return useCallback(
    (at) => {
      const state = store.getState();
      const { selected } = state;
      const current = currentCard(at, selected);
      const step = current === undefined || isNote(current) ? undefined : current;
      const isAny = selected.length > 0 || current !== undefined;
      const focus = (id: string | undefined) => {
        if (id !== undefined) focusNode(root.current, id);
      };
      /** With nothing selected, it is done to the card that the keyboard is on. */
      const toChosen = (work: () => void) => () => {
        if (selected.length === 0 && current !== undefined) select([current]);
        work();
      };
      const copy = (then?: () => void) => () => {
        const text = commands.copyText();
        if (text !== undefined) void put(text).then(then);
      };
      const looks: Able = {
        find: () => store.setState({ finding: true }),
        all: () => select(drawn(state).nodes.map((node) => node.id)),
        keys: () => store.setState({ telling: true }),
        zoomIn: view.zoomIn,
        zoomOut: view.zoomOut,
        fit: view.fit,
        ...(isAny && { copy: toChosen(copy()) }),
        ...(step !== undefined && !state.shown && { fold: () => commands.foldBelow(step) }),
        ...(state.folded.length > 0 && !state.shown && { unfoldAll: () => commands.unfold(state.folded) }),
      };
      if (isFixed(state)) return looks;
      const { pastStates, futureStates } = history.getState();
      const isOther = step !== undefined && step !== state.document.entry;
      const picking = commands.nextAfter(step);
      return {
        ...looks,
        ...(pastStates.length > 0 && { undo: commands.undo }),
        ...(futureStates.length > 0 && { redo: commands.redo }),
        note: () => commands.stick(view.pointer() ?? view.middle()),
        tidy: commands.tidy,
        ...(picking && { add: () => store.setState({ picking }) }),
        ...(step !== undefined && { rename: () => commands.rename(step) }),
        ...(isOther && { replace: () => store.setState({ picking: { replace: step } }) }),
        paste: () =>
          void read().then((text) =>
            text === undefined
              ? notifications.show({
                  id: "paste",
                  message: c("menu.pasteByKey", { keys: named(COMMANDS.paste.keys[0]) }),
                  autoClose: 6000,
                })
              : focus(commands.pasteText(text, positions.current, view.pointer())[0]),
          ),
        ...(isAny && {
          duplicate: toChosen(() => void commands.duplicate(positions.current)),
          cut: toChosen(copy(() => focus(commands.remove()))),
        }),
        ...((isAny || state.wire !== undefined) && {
          remove: toChosen(() => focus(commands.remove())),
        }),
      };
    },
    [c, commands, history, named, positions, root, select, store, view],
  );
}
