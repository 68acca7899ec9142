"use client";
import { useT } from "../../_i18n/use-t";
import { Badge } from "../page/state-badge";

/** Whether the screen hears changes as they come. */
export function LiveDot({ isOpen }: { isOpen: boolean }) {
  const t = useT("common");
  return (
    <span aria-live="polite">
      <Badge tone={isOpen ? "ok" : "quiet"}>{t(isOpen ? "live" : "reconnecting")}</Badge>
    </span>
  );
}
