"use client";
import { useMessages } from "use-intl";
import { REFUSALS, type Refusal } from "@/core/refusals";

const isRefusal = (text: string): text is Refusal => REFUSALS.some((known) => known === text);

/** Why something did not happen: a known reason as a sentence, anything else as the system wrote it. */
export function Reason({ reason }: { reason: string | null | undefined }) {
  const says = useMessages().refusals;
  if (!reason) return null;
  return <span>{isRefusal(reason) ? says[reason] : reason}</span>;
}
