"use client";
import { type RefObject, useEffect } from "react";
import { useSingleKeys } from "../../_ui/use-single-keys";
import { type Able, commandOf } from "../commands/table";
import type { Point } from "../edit/place";
import { neighbour } from "../edit/walk";
import { portsOf } from "../kinds";
import { drawn, isFixed } from "../store/designer";
import type { Commands } from "../store/use-commands";
import { useEditor } from "../store/use-designer";
import { focusNode, focusPanel } from "./focus";
import { currentCard } from "./use-able-canvas";
import type { View } from "./view/view";

const ARROWS: Record<string, Parameters<typeof neighbour>[2]> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};
/** Where letters and digits are taken. A switch of modes, a box to tick take none. */
const WRITTEN =
  "input:not([type=radio], [type=checkbox]), textarea, select, [role=listbox], [role=combobox], [role=dialog]";
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest(WRITTEN) !== null);

/** The drawing's keys. They rest while somebody types, except undo, which then belongs to the text field itself. */
export function useKeys(
  root: RefObject<HTMLElement | null>,
  commands: Commands,
  able: (at: EventTarget | null) => Able,
  positions: RefObject<Record<string, Point>>,
  view: View,
): void {
  const { store, select } = useEditor();
  const [takesSingle] = useSingleKeys();
  useEffect(() => {
    const isReading = () => isFixed(store.getState());
    const walkTo = (id: string) => {
      select([id]);
      view.show(id);
      focusNode(root.current, id);
    };
    const onKey = (event: KeyboardEvent) => {
      // The canvas keeps the page from scrolling by Space before anybody else hears of it.
      if ((event.defaultPrevented && event.key !== " ") || isTyping(event.target)) return;
      const does = (work: () => void) => {
        event.preventDefault();
        work();
      };
      const isOnDrawing =
        isAround(event.target, root.current) ||
        (event.target instanceof Node && root.current?.contains(event.target) === true);
      // Some are meant wherever the keyboard is; other single keys belong to the drawing only while it is on it, or on nothing in particular.
      const meant = commandOf(event, takesSingle);
      if (meant && (meant.at === "window" || isOnDrawing)) return does(() => able(event.target)[meant.id]?.());
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape")
        return does(() => {
          const { picking, asked } = store.getState();
          if (picking || asked) commands.close();
          else store.setState({ selected: [], wire: undefined, panel: undefined, finding: false });
        });
      if (!isOnDrawing) return;
      const current = currentCard(event.target, store.getState().selected);
      const direction = ARROWS[event.key];
      if (direction) {
        const shown = drawn(store.getState());
        const to = current === undefined ? shown.entry : neighbour(shown, current, direction, portsOf);
        if (to !== undefined) does(() => walkTo(to));
        return;
      }
      if (current === undefined || !isCard(event.target, root.current)) return;
      // Where nothing is drawn a step is looked at, and there is nothing to choose it for.
      if (event.key === " " && !isReading()) return does(() => select([current]));
      if (event.key === "Enter" || event.key === " ")
        does(() => {
          select([current]);
          focusPanel();
        });
    };
    const onCopy = (event: ClipboardEvent) => {
      if (isTyping(event.target) || window.getSelection()?.toString()) return;
      const text = commands.copyText();
      if (text === undefined) return;
      event.preventDefault();
      event.clipboardData?.setData("text/plain", text);
      if (event.type === "cut" && !isReading()) commands.remove();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isTyping(event.target) || isReading()) return;
      event.preventDefault();
      const ids = commands.pasteText(
        event.clipboardData?.getData("text/plain") ?? "",
        positions.current,
        view.pointer(),
      );
      if (ids[0] !== undefined) focusNode(root.current, ids[0]);
    };
    window.addEventListener("keydown", onKey);
    window.addEventListener("copy", onCopy);
    window.addEventListener("cut", onCopy);
    window.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("copy", onCopy);
      window.removeEventListener("cut", onCopy);
      window.removeEventListener("paste", onPaste);
    };
  }, [able, commands, positions, root, select, store, takesSingle, view]);
}

/** A click on the empty canvas leaves the keyboard on whatever around it takes a focus: the page's main part, else its body. */
const isAround = (target: EventTarget | null, root: HTMLElement | null): boolean =>
  target instanceof Node && root !== null && target !== root && target.contains(root);

/** What on a card leads elsewhere or does something of its own keeps its keys. */
const isCard = (target: EventTarget | null, root: HTMLElement | null): boolean =>
  isAround(target, root) ||
  (target instanceof HTMLElement &&
    root?.contains(target) === true &&
    target.closest("a, button, [role=button]") === null);
