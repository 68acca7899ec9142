"use client";
import { useState } from "react";

/** The first of several values that are alike: what is made of it holds for all of them. `isAlike`: a function that stays the same. */
export function useAlike<T>(value: T, isAlike: (one: T, other: T) => boolean): T {
  const [kept, keep] = useState(value);
  if (kept === value || isAlike(kept, value)) return kept;
  keep(value);
  return value;
}
