"use client";
import { createSpotlight } from "@mantine/spotlight";

const [store, box] = createSpotlight();
/** Opens and closes the search from anywhere. */
export const searchBox = box;
export const searchStore = store;

/**
 * Chooses the first line again where the reader has not moved on, or the chosen one is gone: the library chooses one when letters are typed, and
 * what is found comes and goes above it later; without a chosen line Enter would do nothing. It exports no way to choose, so this does what its
 * own does.
 */
export function chooseFirst(): void {
  const { listId, selected } = store.getState();
  if (!listId) return;
  const lines = [...document.querySelectorAll(`#${CSS.escape(listId)} [data-action]`)];
  if (selected > 0 && lines.some((line) => line.hasAttribute("data-selected"))) return;
  for (const line of lines) line.removeAttribute("data-selected");
  lines[0]?.setAttribute("data-selected", "true");
  store.updateState((state) => ({ ...state, selected: 0 }));
}
