import type { KeyboardEvent } from "react";

/** Puts the keyboard on a card, now or as soon as it is drawn. */
export function focusNode(root: HTMLElement | null, id: string, tries = 12): void {
  const card = root?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  if (card) card.focus({ preventScroll: true });
  else if (tries > 0) requestAnimationFrame(() => focusNode(root, id, tries - 1));
}

/**
 * Puts the keyboard on the first thing of a panel that was just opened, once it is drawn: its code may come only now. Whoever has gone
 * elsewhere meanwhile is left there.
 */
export function focusPanel(
  panel: "inspector" | "problems" = "inspector",
  from = document.activeElement,
  tries = 600,
): void {
  requestAnimationFrame(() => {
    const opened = document.querySelector<HTMLElement>(`[data-${panel}]`);
    const now = document.activeElement;
    // The palette of commands closes and gives the keyboard back; a panel may have it already.
    const isExpected = now === from || from?.closest("[role=dialog]") != null || opened?.contains(now);
    if (!isExpected) return;
    const first = opened?.querySelector<HTMLElement>(
      ":is(input, textarea, button, select):not([data-skip], :disabled)",
    );
    if (first) first.focus();
    else if (tries > 0) focusPanel(panel, from, tries - 1);
  });
}

/** Gives the keyboard back to the card that a panel tells of. */
export const focusCard = (id: string): void =>
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });

/** Esc in a step's panel leads back to its card, from where it closes the panel. */
export const leadsBackTo = (id: string) => (event: KeyboardEvent) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  event.stopPropagation();
  focusCard(id);
};
