"use client";
import { useLocale } from "use-intl";
import { eventName } from "@/core/events/event-name";

/** An event's name in the reader's language; a sender's own code is read as words. */
export function useEventName(): (name: string) => string {
  const locale = useLocale();
  return (name) => eventName(name)[locale];
}
