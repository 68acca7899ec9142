"use client";
import { useT } from "../../_i18n/use-t";
import classes from "./tier.module.css";

export const TIERS = ["basic", "silver", "gold", "platinum", "diamond"] as const;
const isKnown = (tier: string): tier is (typeof TIERS)[number] => TIERS.some((known) => known === tier);

/** A tier's name in the reader's language; a programme's own tiers stay as they are named. */
export function useTierName(): (tier: string) => string {
  const t = useT("states");
  return (tier) => (isKnown(tier) ? t(`tier.${tier}`) : tier);
}

export function TierBadge({ tier }: { tier: string }) {
  return (
    <span className={classes.tier} data-tier={tier}>
      {useTierName()(tier)}
    </span>
  );
}
