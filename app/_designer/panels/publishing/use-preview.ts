"use client";
import { useCallback, useEffect, useState } from "react";
import type { JourneyDocument } from "@/core/journey/document";
import type { Preview } from "../../api";
import type { Saved } from "../../store/saving/sync";
import { useDesigner } from "../../store/use-designer";
import type { Publishing } from "./use-publishing";

/** What publishing would do, as it was read last, and whether that is what is drawn now. */
export type Foreseen = {
  /** The drawing has been stored since this was opened. */
  isStored: boolean;
  /** What was read last; it may be of a draft that has changed since. */
  seen: Preview | undefined;
  /** What was read is of exactly what is drawn here and stored: it may be published. */
  isCurrent: boolean;
  /** The drawing cannot be stored at present: what would be published is not what is drawn. */
  isUnsaved: boolean;
  /** Why it could not be read. */
  failure: { error: unknown } | undefined;
  /** Who changed the draft while this was open. */
  meanwhile: Saved | undefined;
  /** Reads once more. */
  again(): void;
};

/** Somebody types a number of days; each digit need not be foreseen. */
const PAUSE_MS = 300;

/** Stores the draft, and reads what publishing it would do to members on their way: when it opens, and whenever the draft moves. */
export function usePreview({ flush, preview, revision }: Publishing): Foreseen {
  const document = useDesigner((state) => state.document);
  const sync = useDesigner((state) => state.sync.is);
  const theirs = useDesigner((state) => state.theirs);
  const [before] = useState(theirs);
  const [isStored, setStored] = useState(false);
  const [look, setLook] = useState<{ of: JourneyDocument; seen: Preview } | undefined>();
  const [failure, setFailure] = useState<Foreseen["failure"]>();
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((n) => n + 1), []);
  const isSaved = sync === "saved";
  useEffect(() => {
    if (isSaved) setStored(true);
  }, [isSaved]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks for it once more
  useEffect(() => {
    let isOver = false;
    setFailure(undefined);
    const read = () =>
      preview().then(
        (seen) => {
          if (!isOver) setLook({ of: document, seen });
        },
        (error) => {
          if (!isOver) setFailure({ error });
        },
      );
    const soon = setTimeout(() => void (isSaved ? read() : flush()), look ? PAUSE_MS : 0);
    return () => {
      isOver = true;
      clearTimeout(soon);
    };
  }, [document, flush, isSaved, preview, turn]);
  return {
    isStored,
    seen: look?.seen,
    isCurrent: isSaved && failure === undefined && look?.of === document && look.seen.revision === revision(),
    isUnsaved: sync === "offline" || sync === "refused" || sync === "conflict",
    failure,
    meanwhile: theirs === before ? undefined : theirs,
    again,
  };
}
