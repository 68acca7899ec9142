"use client";
import { type RefObject, useEffect } from "react";
import { isNote } from "../edit/notes";
import type { Point } from "../edit/place";
import { neighbour } from "../edit/walk";
import { portsOf } from "../kinds";
import { drawn, isFixed } from "../store/designer";
import type { Commands } from "../store/use-commands";
import { useEditor } from "../store/use-designer";
import { focusNode } from "./focus";

export type View = {
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  show(id: string): void;
  pointer(): Point | undefined;
  /** The middle of what is seen. */
  middle(): Point;
};
const ARROWS: Record<string, Parameters<typeof neighbour>[2]> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};
const LOOKS: Record<string, "zoomIn" | "zoomOut" | "fit"> = {
  "+": "zoomIn",
  "=": "zoomIn",
  "-": "zoomOut",
  _: "zoomOut",
  "0": "fit",
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
  positions: RefObject<Record<string, Point>>,
  view: View,
): void {
  const { store, select } = useEditor();
  useEffect(() => {
    const isReading = () => isFixed(store.getState());
    const walkTo = (id: string) => {
      select([id]);
      view.show(id);
      focusNode(root.current, id);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return;
      const { selected } = store.getState();
      const shown = drawn(store.getState());
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const does = (work: () => void) => {
        event.preventDefault();
        work();
      };
      if (event.ctrlKey || event.metaKey) {
        if (key === "f") return does(() => store.setState({ finding: true }));
        if (key === "a") return does(() => select(shown.nodes.map((node) => node.id)));
        if (isReading()) return;
        if (key === "z") return does(event.shiftKey ? commands.redo : commands.undo);
        if (key === "y") return does(commands.redo);
        if (key === "d") return does(() => void commands.duplicate(positions.current));
        return;
      }
      if (event.altKey) return;
      if (key === "Escape")
        return does(() => {
          const { picking, asked } = store.getState();
          if (picking || asked) commands.close();
          else store.setState({ selected: [], wire: undefined, panel: undefined, finding: false });
        });
      // Nearer, farther and all of it are seen from wherever the keyboard is; other single keys belong to the drawing only while it is on it, or on nothing in particular.
      const look = LOOKS[key];
      if (look) return does(view[look]);
      if (
        !isAround(event.target, root.current) &&
        !(event.target instanceof Node && root.current?.contains(event.target))
      )
        return;
      const current =
        (event.target instanceof HTMLElement
          ? event.target.closest<HTMLElement>(".react-flow__node")?.dataset.id
          : undefined) ?? (selected.length === 1 ? selected[0] : undefined);
      const direction = ARROWS[key];
      if (direction) {
        const to = current === undefined ? shown.entry : neighbour(shown, current, direction, portsOf);
        if (to !== undefined) does(() => walkTo(to));
        return;
      }
      switch (key) {
        case "Enter":
          if (current === undefined || !isCard(event.target, root.current)) return;
          return does(() => {
            select([current]);
            requestAnimationFrame(() =>
              document
                .querySelector<HTMLElement>("[data-inspector] :is(input, textarea, button, select):not([data-skip])")
                ?.focus(),
            );
          });
        case " ":
          if (isCard(event.target, root.current) && current !== undefined) does(() => select([current]));
          return;
      }
      if (key === "b" && current !== undefined) return does(() => commands.foldBelow(current));
      if (isReading()) return;
      switch (key) {
        case "m":
          return does(() => commands.stick(view.pointer() ?? view.middle()));
        case "n":
          if (current !== undefined) does(() => store.setState({ picking: { node: current } }));
          return;
        case "r":
          if (current !== undefined && current !== shown.entry && !isNote(current))
            does(() => store.setState({ picking: { replace: current } }));
          return;
        case "F2":
          if (current !== undefined && !isNote(current)) does(() => commands.rename(current));
          return;
        case "t":
          return does(commands.tidy);
        case "Delete":
        case "Backspace":
          return does(() => {
            if (current !== undefined && selected.length === 0) select([current]);
            const heir = commands.remove();
            if (heir !== undefined) focusNode(root.current, heir);
          });
      }
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
  }, [commands, positions, root, select, store, view]);
}

/** A click on the empty canvas leaves the keyboard on whatever around it takes a focus: the page's main part, else its body. */
const isAround = (target: EventTarget | null, root: HTMLElement | null): boolean =>
  target instanceof Node && root !== null && target !== root && target.contains(root);

const isCard = (target: EventTarget | null, root: HTMLElement | null): boolean =>
  isAround(target, root) ||
  (target instanceof HTMLElement &&
    root?.contains(target) === true &&
    target.tagName !== "BUTTON" &&
    target.getAttribute("role") !== "button");
