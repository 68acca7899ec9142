"use client";
import { startTransition, useEffect, useState } from "react";

/** False at first, on the server too; true once the page stands. What is drawn then is drawn in slices, between which the browser answers. */
export function useAfter(): boolean {
  const [isAfter, setAfter] = useState(false);
  useEffect(() => startTransition(() => setAfter(true)), []);
  return isAfter;
}
