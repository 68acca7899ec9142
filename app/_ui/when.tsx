"use client";
import { Tooltip } from "@mantine/core";
import { useFormatter, useNow } from "use-intl";
import { useT } from "../_i18n/use-t";

/** An instant in the workspace's zone: relative while it is near, exact on hover and for screen readers. `exact` writes it out. */
export function When({ at, exact = false, empty }: { at: string | null | undefined; exact?: boolean; empty?: string }) {
  const format = useFormatter();
  const now = useNow({ updateInterval: 15_000 });
  const t = useT("common");
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
  const age = Math.abs(now.getTime() - date.getTime());
  const text = exact
    ? full
    : age < 45_000
      ? t("justNow")
      : age < 6 * 86_400_000
        ? format.relativeTime(date, now)
        : format.dateTime(date, { year: "numeric", month: "short", day: "numeric" });
  if (exact) return <time dateTime={date.toISOString()}>{text}</time>;
  return (
    <Tooltip label={full}>
      <time dateTime={date.toISOString()} suppressHydrationWarning>
        {text}
      </time>
    </Tooltip>
  );
}
