/** A tier that is a member's for a time: what comes back at its end, and when. Epoch milliseconds. */
export type TimedTier = { tier: string; previous: string; until: number };
/** `timed`: the member's tier, or another that one had for a time and lost since, is open still. */
type Standing = { tier: string; timed: Pick<TimedTier, "previous" | "until"> | null };
type Wanted = { tier: string; until: number | null };

/**
 * What comes back at the end of a tier that is set now; undefined = nothing is to be set. A tier that a member has already for good stays for
 * good; one that is theirs for a time gets the new end. The tier of now comes back, or, if that was only for a time which is over by then, the
 * one before it.
 */
export function tierBefore({ tier, timed }: Standing, wanted: Wanted): string | undefined {
  if (timed === null) return wanted.tier === tier ? undefined : tier;
  const outlives = wanted.until !== null && timed.until > wanted.until;
  return outlives && wanted.tier !== tier ? tier : timed.previous;
}

/** The tier that a member gets back when a tier's time is over; undefined = they have another one by now, and keep it. */
export const tierAfter = ({ tier, previous }: Pick<TimedTier, "tier" | "previous">, current: string) =>
  current === tier && previous !== tier ? previous : undefined;
