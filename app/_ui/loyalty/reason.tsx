"use client";
import { useMessages } from "use-intl";
import { REFUSALS, type Refusal } from "@/core/refusals";

const isRefusal = (text: string): text is Refusal => REFUSALS.some((known) => known === text);

/** A known reason as a sentence of the reader's language, anything else as the system wrote it. */
export const reasonIn = (says: Record<Refusal, string>, reason: string): string =>
  isRefusal(reason) ? says[reason] : reason;

/** Why something did not happen. */
export function Reason({ reason }: { reason: string | null | undefined }) {
  const says = useMessages().refusals;
  if (!reason) return null;
  return <span>{reasonIn(says, reason)}</span>;
}
