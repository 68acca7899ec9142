export const PAUSE_AFTER_COMPLAINT_MS = 7 * 86_400_000;

/** Until when a member's complaints hold promotions back (epoch milliseconds); null = they do not. An open one: seven days at least. */
export function complaintUntil(closings: readonly (number | null)[], now: number): number | null {
  const until = Math.max(0, ...closings.map((closedAt) => (closedAt ?? now) + PAUSE_AFTER_COMPLAINT_MS));
  return until > now ? until : null;
}
