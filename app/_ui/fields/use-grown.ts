"use client";
import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Makes a textarea as tall as what it shows, in browsers that do not do so by themselves by `field-sizing: content`. `shown`: its text, or what
 * stands in for it.
 */
export function useGrown(shown: string): RefObject<HTMLTextAreaElement | null> {
  const area = useRef<HTMLTextAreaElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew for each text
  useLayoutEffect(() => {
    const style = area.current?.style;
    if (!style || CSS.supports("field-sizing", "content")) return;
    style.height = "auto";
    style.height = `${area.current?.scrollHeight}px`;
  }, [shown]);
  return area;
}
