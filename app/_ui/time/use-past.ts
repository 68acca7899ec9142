"use client";
import { useFormatter } from "use-intl";
import { spaced } from "@/core/gaps";
import { useT } from "../../_i18n/use-t";
import { useClock } from "./use-clock";

/** How long ago something happened, in words. It has happened: an instant ahead of this machine's clock, or of its last tick, is "just now". */
export function usePast(): (at: string) => string {
  const format = useFormatter();
  const now = useClock();
  const t = useT("common");
  return (at) => (isJust(new Date(at), now) ? t("justNow") : spaced(format.relativeTime(new Date(at), now)));
}

const JUST_MS = 60_000;
export const isJust = (past: Date, now: Date): boolean => now.getTime() - past.getTime() < JUST_MS;
