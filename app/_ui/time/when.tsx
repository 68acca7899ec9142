"use client";
import { useFormatter, useMessages } from "use-intl";
import { spaced } from "@/core/gaps";
import { useClock } from "./use-clock";

/**
 * An instant in the workspace's zone: relative while it is near, exact on hover and for screen readers. `exact` writes it out. The hint is the
 * browser's own: a list has a hundred of these.
 */
export function When({ at, exact = false, empty }: { at: string | null | undefined; exact?: boolean; empty?: string }) {
  const format = useFormatter();
  const now = useClock();
  // Not by a translator: it would be made anew for each of them.
  const { justNow } = useMessages().common;
  if (!at) return <span>{empty ?? "—"}</span>;
  const date = new Date(at);
  const full = format.dateTime(date, {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  if (exact) return <time dateTime={date.toISOString()}>{full}</time>;
  const age = Math.abs(now.getTime() - date.getTime());
  const text =
    age < 45_000
      ? justNow
      : age < 6 * 86_400_000
        ? spaced(format.relativeTime(date, now))
        : format.dateTime(date, { year: "numeric", month: "short", day: "numeric" });
  return (
    <time dateTime={date.toISOString()} title={full} suppressHydrationWarning>
      {text}
    </time>
  );
}
