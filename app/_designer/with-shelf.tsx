"use client";
import type { ReactNode } from "react";
import { ShelfContext } from "./shelf";
import { useLoadedShelf } from "./use-shelf";

/** Steps are named by what they do, with offers and journeys by name, outside of the designer too. */
export function WithShelf({ children }: { children: ReactNode }) {
  const { shelf } = useLoadedShelf();
  return <ShelfContext value={shelf}>{children}</ShelfContext>;
}
