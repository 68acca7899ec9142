"use client";
import { createSpotlight } from "@mantine/spotlight";

const [store, box] = createSpotlight();
/** Opens and closes the search from anywhere. */
export const searchBox = box;
export const searchStore = store;

/**
 * Chooses the first line again where the reader has not moved on: the library chooses one when letters are typed, and what is found comes in
 * above it later. It exports no way to choose, so this does what its own does.
 */
export function chooseFirst(): void {
  const { listId, selected } = store.getState();
  if (!listId || selected > 0) return;
  const lines = document.querySelectorAll(`#${CSS.escape(listId)} [data-action]`);
  for (const line of lines) line.removeAttribute("data-selected");
  lines[0]?.setAttribute("data-selected", "true");
  store.updateState((state) => ({ ...state, selected: 0 }));
}
