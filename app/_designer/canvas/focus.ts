/** Puts the keyboard on a card, now or as soon as it is drawn. */
export function focusNode(root: HTMLElement | null, id: string, tries = 12): void {
  const card = root?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  if (card) card.focus({ preventScroll: true });
  else if (tries > 0) requestAnimationFrame(() => focusNode(root, id, tries - 1));
}

/** Puts the keyboard on the first thing of a panel that was just opened, once it is drawn: its code may come only now, which takes some frames more. */
export function focusPanel(panel: "inspector" | "problems" = "inspector", tries = 60): void {
  requestAnimationFrame(() => {
    const first = document.querySelector<HTMLElement>(
      `[data-${panel}] :is(input, textarea, button, select):not([data-skip])`,
    );
    if (first) first.focus();
    else if (tries > 0) focusPanel(panel, tries - 1);
  });
}
