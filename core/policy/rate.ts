/**
 * A rate by the generic cell rate algorithm (ITU-T I.371): `full` is the instant at which a bucket that is drained now would be full again, in
 * milliseconds of the clock that `now` is of. Takes `cost` units of `perSecond`, of which `burst` may come at once. `wait`: milliseconds until it
 * would be given; 0 = it was, and `full` moved.
 */
export function takeFrom(
  full: number,
  now: number,
  { perSecond, burst, cost = 1 }: { perSecond: number; burst: number; cost?: number },
): { full: number; wait: number } {
  const each = 1000 / perSecond;
  const next = Math.max(full, now) + cost * each;
  // What costs more than a whole burst is given to a full bucket: it could never be given otherwise.
  // In differences from the start: of two large instants the last digits are lost, and a whole burst was refused now and then.
  const wait = Math.max(full - now, 0) + (cost - Math.max(burst, cost)) * each;
  return wait > 0 ? { full, wait } : { full: next, wait: 0 };
}
