"use client";
import { useLocalStorage } from "@mantine/hooks";
import { usePathname } from "next/navigation";
import { useMemo } from "react";

const NONE: string[] = [];

/** The columns of this page's table that its reader does not want to see, kept in their browser. */
export function useHiddenColumns(): [ReadonlySet<string>, (hidden: string[]) => void] {
  const [ids, set] = useLocalStorage<string[]>({ key: `hidden-columns ${usePathname()}`, defaultValue: NONE });
  return [useMemo(() => new Set(ids), [ids]), set];
}
