"use client";
import { notifications } from "@mantine/notifications";
import { focusPanel } from "../canvas/focus";
import { useAble } from "../commands/use-able";
import type { DesignerState, Mode, Side } from "../store/designer";
import { useEditor } from "../store/use-designer";
import { PUBLISHED } from "./publishing/published";

type Of = {
  version: number | null;
  isDirty: boolean;
  onPublish: (() => void) | undefined;
};

/** Whether the draft is looked at as what it would change: then it can be published and has problems, as where it is drawn. */
export const isReviewing = ({ mode, sides }: Pick<DesignerState, "mode" | "sides">): boolean =>
  mode === "compare" && sides?.to === "draft";

/** What the bar at the top does, by its buttons and by ⌘K; the answer turns to another way of looking at the journey. */
export function useBar({ version, isDirty, onPublish }: Of): (mode: Exclude<Mode, "version">) => void {
  const { store, look } = useEditor();
  const turnTo = (mode: Exclude<Mode, "version">) => {
    if (mode !== "compare") look({ mode });
    else if (version !== null) look({ mode, sides: usualSides(version, isDirty) });
    // Whoever looks elsewhere has read it; it would lie on the lowest cards.
    notifications.hide(PUBLISHED);
  };
  const open = (panel: "problems" | "settings" | "versions") => () => {
    store.setState({ panel, path: undefined, ...(panel !== "problems" && { selected: [] }) });
    focusPanel(panel === "problems" ? "problems" : "inspector");
  };
  useAble("bar", () => {
    const state = store.getState();
    const { mode } = state;
    const isOnDraft = mode === "edit";
    return {
      ...((isOnDraft || isReviewing(state)) && { problems: open("problems"), publish: onPublish }),
      ...(isOnDraft && { settings: open("settings") }),
      ...(version !== null && {
        versions: open("versions"),
        draft: isOnDraft ? undefined : () => turnTo("edit"),
        live: mode === "live" ? undefined : () => turnTo("live"),
        compare: mode === "compare" ? undefined : () => turnTo("compare"),
      }),
    };
  });
  return turnTo;
}

/** What one wants to see first: what publishing would change, else what the last publish did. */
const usualSides = (version: number, isDirty: boolean): { from: Side; to: Side } =>
  isDirty || version === 1 ? { from: version, to: "draft" } : { from: version - 1, to: version };
