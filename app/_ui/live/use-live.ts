"use client";
import { useEffect, useRef, useState } from "react";
import { useWorkspace } from "../workspace";

/**
 * Hears which topics of the workspace changed, by server-sent events; the caller reads again. Returns whether the line is open. The
 * browser opens a connection that broke anew by itself; one that was answered with an error stays closed.
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
    const url = new URL("/streams", api);
    for (const topic of key.split(" ")) url.searchParams.append("topic", topic);
    const source = new EventSource(url, { withCredentials: true });
    source.onopen = () => setOpen(true);
    source.onerror = () => setOpen(false);
    source.onmessage = (message: MessageEvent<string>) =>
      latest.current((JSON.parse(message.data) as { topic: string }).topic);
    return () => source.close();
  }, [api, key]);
  return isOpen;
}
