"use client";
import { useOs } from "@mantine/hooks";
import { useCallback } from "react";

/** Names keys, written as `Ctrl ⇧ Z`, as the reader's own keyboard shows them: ⇧⌘Z on a Mac. */
export function useKeysNamed(): (keys: string) => string {
  const os = useOs();
  const isMac = os === "macos" || os === "ios";
  return useCallback(
    (keys) =>
      isMac
        ? keys
            .split(" · ")
            .map((one) => one.replace("Ctrl ⇧ ", "⇧⌘").replace("Ctrl ", "⌘").replace("Alt", "⌥").replace("Del", "⌫"))
            .join(" · ")
        : keys,
    [isMac],
  );
}
