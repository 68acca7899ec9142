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

export function keepDraft(
  journey: string,
  draft: Draft | undefined,
  storage: Pick<Storage, "setItem" | "removeItem">,
): void {
  try {
    if (draft) storage.setItem(keyOf(journey), JSON.stringify(draft));
    else storage.removeItem(keyOf(journey));
  } catch {
    // private windows and full disks: saving to the server goes on
  }
}
