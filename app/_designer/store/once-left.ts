import type { Designer } from "./designer";

/** Calls once, as soon as the draft is another than it is now, or something else than the draft is looked at. Gives back how to listen no longer. */
export function onceLeft(store: Designer["store"], left: () => void): () => void {
  const { document: before } = store.getState();
  const unsubscribe = store.subscribe(({ document, mode }) => {
    if (document === before && mode === "edit") return;
    unsubscribe();
    left();
  });
  return unsubscribe;
}
