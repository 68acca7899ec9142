import type { QuietHours } from "../message/settings";
import { nextInWindow } from "../time/window";

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** When the quiet hours that `now` lies in end (epoch milliseconds), by the clocks of the zone; null outside them. */
export function quietUntil({ from, to }: Pick<QuietHours, "from" | "to">, now: number, zone: string): number | null {
  const isQuiet = nextInWindow({ weekdays: EVERY_DAY, from, to }, now, zone) === now;
  // Its end is where the other hours begin.
  return isQuiet ? nextInWindow({ weekdays: EVERY_DAY, from: to, to: from }, now, zone) : null;
}
