"use client";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False while the server's page is taken over, true from then on and wherever a browser draws from nothing: for what a server cannot draw. */
export const useIsHere = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
