/** A run that had not reached its goal as an event came, and whether a holdout kept it out. */
export type Open<R> = { run: R; isHeld: boolean };

/**
 * The money of one event counts once in a journey. Of its runs that the event brought to their goal, in the order the member entered them, the last counts
 * it, as the last touch takes the credit; one that a holdout keeps out only where no other did. Told are the rest: they reached the goal without a value.
 */
export function uncredited<R extends { goalValue: number | null }>(open: readonly Open<R>[]): R[] {
  const reached = open.filter(({ run }) => run.goalValue !== null);
  const credited = reached.findLast(({ isHeld }) => !isHeld) ?? reached.at(-1);
  return reached.flatMap((one) => (one === credited ? [] : one.run));
}
