"use client";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { ShelfContext } from "./shelf";
import { useLoadedShelf } from "./use-shelf";

const NamedContext = createContext<(things: readonly unknown[]) => void>(() => {});

/** Steps are named by what they do, with offers and journeys by name, outside of the designer too. */
export function WithShelf({ children }: { children: ReactNode }) {
  const [things, setThings] = useState<readonly unknown[]>();
  const { shelf } = useLoadedShelf(things);
  return (
    <NamedContext value={setThings}>
      <ShelfContext value={shelf}>{children}</ShelfContext>
    </NamedContext>
  );
}

/** Within `WithShelf`: what these name by id has its name too, however old. One caller in each; `things` is the same until they change. */
export function useNamed(things: readonly unknown[]): void {
  const name = useContext(NamedContext);
  useEffect(() => name(things), [name, things]);
}
