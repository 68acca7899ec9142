"use client";
import { useEffect, useState } from "react";
import type { Preview } from "../../api";
import type { Publishing } from "./use-publishing";

/** Stores the draft, and reads what publishing it would do to members on their way: both are asked for once. */
export function useStored({ version, flush, preview }: Publishing): {
  isStored: boolean;
  seen: Preview | undefined;
  /** Nothing is published before one could see who goes where; where that cannot be read, everybody goes the usual way. */
  isLooking: boolean;
} {
  const [isStored, setStored] = useState(false);
  const [seen, setSeen] = useState<Preview | undefined>();
  const [isLooking, setLooking] = useState(version !== null);
  useEffect(() => {
    flush().then(
      () => setStored(true),
      () => {},
    );
  }, [flush]);
  useEffect(() => {
    if (version === null) return;
    preview()
      .then(setSeen, () => {})
      .finally(() => setLooking(false));
  }, [preview, version]);
  return { isStored, seen, isLooking };
}
