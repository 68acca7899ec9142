import { z } from "zod";
import type { Designer } from "./designer";

const Kept = z.array(z.string().max(160)).max(1000);
const keyOf = (journey: string) => `regulars.folded.${journey}`;

/** Which branches this browser has folded; a full or closed storage remembers none. */
export function readFolds(journey: string, storage: Pick<Storage, "getItem">): string[] {
  try {
    return Kept.safeParse(JSON.parse(storage.getItem(keyOf(journey)) ?? "[]")).data ?? [];
  } catch {
    return [];
  }
}

/** Remembers what is folded from now on; call the answer to stop. */
export function keepFolds(
  { store }: Designer,
  journey: string,
  storage: Pick<Storage, "setItem" | "removeItem">,
): () => void {
  return store.subscribe(({ folded }, before) => {
    if (folded === before.folded) return;
    try {
      if (folded.length > 0) storage.setItem(keyOf(journey), JSON.stringify(folded));
      else storage.removeItem(keyOf(journey));
    } catch {
      // private windows and full disks: it is only how one looks at the drawing
    }
  });
}
