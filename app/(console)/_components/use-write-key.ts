"use client";
import { useLocalStorage } from "@mantine/hooks";
import { useWorkspace } from "../../_ui/workspace";

/** The write key that this browser sends test events with; it may do nothing else. Empty until one is made or pasted. */
export function useWriteKey(): [string, (key: string) => void] {
  const { id } = useWorkspace();
  const [key, setKey] = useLocalStorage({ key: `write-key-${id}`, defaultValue: "" });
  return [key, setKey];
}
