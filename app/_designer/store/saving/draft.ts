import { z } from "zod";
import { JourneyDocument } from "@/core/journey/document";
import type { Draft } from "./sync";

const Kept = z.object({ revision: z.int(), base: JourneyDocument, document: JourneyDocument, at: z.int() });
/** Edits that a window of this browser kept and could not save; `at`: when, in milliseconds. */
export type KeptDraft = Draft & { window: string; at: number };
/** Whose edits, and of what: people who share a browser never get each other's. */
export type Drawn = { user: string; journey: string };
const prefixOf = ({ user, journey }: Drawn) => `regulars.draft.${user}.${journey}.`;

/** What this browser's windows kept of somebody's edits and could not save, newest first; a closed storage holds nothing. */
export function readDrafts(drawn: Drawn, storage: Pick<Storage, "getItem" | "key" | "length">): KeptDraft[] {
  try {
    const prefix = prefixOf(drawn);
    return Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "")
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => {
        const kept = read(storage.getItem(key));
        return kept ? [{ ...kept, window: key.slice(prefix.length) }] : [];
      })
      .sort((a, b) => b.at - a.at);
  } catch {
    return [];
  }
}

function read(text: string | null): z.infer<typeof Kept> | undefined {
  try {
    return Kept.safeParse(JSON.parse(text ?? "null")).data;
  } catch {
    return undefined;
  }
}

/** Forgets what a window kept. */
export function dropDraft(drawn: Drawn, window: string, storage: Pick<Storage, "removeItem">): void {
  try {
    storage.removeItem(prefixOf(drawn) + window);
  } catch {
    // a closed storage keeps nothing
  }
}

const SOON_MS = 200;

/**
 * Keeps a window's draft, under a key of its own so that no other window's save forgets it, shortly after the last change rather than at
 * each letter: a big journey is half a megabyte of text. `flush` writes what waits, for a page that goes away; nothing to keep is known at once.
 */
export function createKeeper(
  drawn: Drawn,
  window: string,
  storage: Pick<Storage, "setItem" | "removeItem">,
  later: (ms: number, work: () => void) => () => void,
  clock: () => number = Date.now,
): { keep(draft: Draft | undefined): void; flush(): void } {
  let waiting: { draft: Draft; cancel(): void } | undefined;
  const flush = () => {
    const { draft } = waiting ?? {};
    waiting?.cancel();
    waiting = undefined;
    if (!draft) return;
    try {
      storage.setItem(prefixOf(drawn) + window, JSON.stringify({ ...draft, at: clock() }));
    } catch {
      // private windows and full disks: saving to the server goes on
    }
  };
  return {
    keep(draft) {
      if (!draft) {
        waiting?.cancel();
        waiting = undefined;
        return dropDraft(drawn, window, storage);
      }
      if (waiting) waiting.draft = draft;
      else waiting = { draft, cancel: later(SOON_MS, flush) };
    },
    flush,
  };
}
