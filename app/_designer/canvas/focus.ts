/** Puts the keyboard on a card, now or as soon as it is drawn. */
export function focusNode(root: HTMLElement | null, id: string, tries = 12): void {
  const card = root?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  if (card) card.focus({ preventScroll: true });
  else if (tries > 0) requestAnimationFrame(() => focusNode(root, id, tries - 1));
}
