import { z } from "zod";
import { JourneyDocument } from "@/core/journey/document";
import type { Draft } from "./sync";

const Kept = z.object({ revision: z.int(), base: JourneyDocument, document: JourneyDocument });
const keyOf = (journey: string) => `regulars.draft.${journey}`;

/** Unsaved edits as this browser kept them; a full or closed storage keeps none. */
export function readDraft(journey: string, storage: Pick<Storage, "getItem">): Draft | undefined {
  try {
    return Kept.safeParse(JSON.parse(storage.getItem(keyOf(journey)) ?? "null")).data;
  } catch {
    return undefined;
  }
}

function keepDraft(journey: string, draft: Draft | undefined, storage: Pick<Storage, "setItem" | "removeItem">): void {
  try {
    if (draft) storage.setItem(keyOf(journey), JSON.stringify(draft));
    else storage.removeItem(keyOf(journey));
  } catch {
    // private windows and full disks: saving to the server goes on
  }
}

const SOON_MS = 200;

/**
 * Keeps drafts shortly after the last change rather than at each letter: a big journey is half a megabyte of text. `flush` writes
 * what waits, for a page that goes away; nothing to keep is known at once.
 */
export function createKeeper(
  journey: string,
  storage: Pick<Storage, "setItem" | "removeItem">,
  later: (ms: number, work: () => void) => () => void,
): { keep(draft: Draft | undefined): void; flush(): void } {
  let waiting: { draft: Draft; cancel(): void } | undefined;
  const flush = () => {
    const { draft } = waiting ?? {};
    waiting?.cancel();
    waiting = undefined;
    if (draft) keepDraft(journey, draft, storage);
  };
  return {
    keep(draft) {
      if (!draft) {
        waiting?.cancel();
        waiting = undefined;
        return keepDraft(journey, undefined, storage);
      }
      if (waiting) waiting.draft = draft;
      else waiting = { draft, cancel: later(SOON_MS, flush) };
    },
    flush,
  };
}
