/**
 * Does what is due by `now`, one after another. Each leaves the list as its own turn comes: one that fails is lost alone, and the rest stay for
 * the next time. Throws what the first that fails throws.
 */
export async function doDue<D extends { at: number }>(
  deeds: D[],
  now: number,
  act: (deed: D) => Promise<void>,
): Promise<void> {
  for (const deed of deeds.filter(({ at }) => at <= now)) {
    deeds.splice(deeds.indexOf(deed), 1);
    await act(deed);
  }
}
