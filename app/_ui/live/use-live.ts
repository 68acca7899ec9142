"use client";
import { useEffect, useRef, useState } from "react";
import { useWorkspace } from "../workspace";
import { streamAt } from "./stream-at";

/**
 * Hears which topics of the workspace changed, or may have while nothing was heard; the caller reads again. Returns whether changes are heard
 * just now.
 */
export function useLive(topics: readonly string[], changed: (topic: string) => void): boolean {
  const { api } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const latest = useRef(changed);
  useEffect(() => {
    latest.current = changed;
  });
  const key = topics.join(" ");
  useEffect(() => {
    if (!key) return;
    const leave = streamAt(api).listen({
      topics: key.split(" "),
      changed: (topic) => latest.current(topic),
      opened: setOpen,
    });
    return () => {
      leave();
      setOpen(false);
    };
  }, [api, key]);
  return isOpen;
}
