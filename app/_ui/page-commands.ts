"use client";
import { useEffect, useRef } from "react";
import type { IconName } from "./icons";

/** Something that the page that is open can do, offered under ⌘K beside what can be done anywhere. */
export type PageCommand = {
  /** Words of it are found too, in whichever language is read. */
  id: string;
  label: string;
  icon: IconName;
  /** Its keys as the reader's keyboard shows them. */
  keys?: string | undefined;
  run(): void;
};

type Reading = { rank: number; read(): PageCommand[] };
const readings = new Set<Reading>();

/**
 * Offers commands under ⌘K for as long as the component stands. `read` is asked each time ⌘K is pressed, while the keyboard is still where it
 * was; of several components the lower `rank` comes first.
 */
export function usePageCommands(read: () => PageCommand[], rank: number): void {
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    const reading = { rank, read: () => latest.current() };
    readings.add(reading);
    return () => void readings.delete(reading);
  }, [rank]);
}

/** What can be done on the page at this moment. */
export const readPageCommands = (): PageCommand[] =>
  [...readings].sort((a, b) => a.rank - b.rank).flatMap(({ read }) => read());
