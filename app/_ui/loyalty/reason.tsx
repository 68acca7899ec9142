"use client";
import { useLocale, useMessages } from "use-intl";
import { reasonWords } from "@/core/message/reason-words";
import { REFUSALS, type Refusal } from "@/core/refusals";

const isRefusal = (text: string): text is Refusal => REFUSALS.some((known) => known === text);

/** Tells a reason that the system gives as a sentence of the reader's language, and what others said in their own words. */
export function useReason(): (reason: string) => string {
  const says = useMessages().refusals;
  const locale = useLocale();
  return (reason) => (isRefusal(reason) ? says[reason] : (reasonWords(reason, locale) ?? reason));
}

/** Why something did not happen. */
export function Reason({ reason }: { reason: string | null | undefined }) {
  const words = useReason();
  if (!reason) return null;
  const said = words(reason);
  // Lists show its beginning.
  return <span title={said}>{said}</span>;
}
