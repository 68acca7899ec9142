"use client";
import { REFUSALS, type Refusal } from "@/core/refusals";
import { useT } from "../../_i18n/use-t";

const isRefusal = (text: string): text is Refusal => REFUSALS.some((known) => known === text);

/** Why something did not happen: a known reason as a sentence, anything else as the system wrote it. */
export function Reason({ reason }: { reason: string | null | undefined }) {
  const t = useT("refusals");
  if (!reason) return null;
  return <span>{isRefusal(reason) ? t(reason) : reason}</span>;
}
