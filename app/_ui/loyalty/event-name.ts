"use client";
import { useLocale } from "use-intl";
import { eventKind } from "@/core/events/catalogue";

/** An event's name in the reader's language; a sender's own name stays as it is. */
export function useEventName(): (name: string) => string {
  const locale = useLocale();
  return (name) => eventKind(name)?.name[locale] ?? name;
}
