/**
 * The instant by the database's clock, in every process: what one decides and another compares was told by one clock, and a machine whose own
 * clock is wrong, or jumps, changes nothing. platform/db looks at it every few seconds; between two looks the machine's monotonic clock counts on.
 */
let ahead: number | undefined;

/** The instant now, never later than the database's own. Before the first look at it, it is this machine's. */
export const instant = (): Date => new Date(instantMs());

/** Milliseconds since 1970. */
export const instantMs = (): number => (ahead === undefined ? Date.now() : Math.floor(performance.now() + ahead));

/**
 * What the database's clock showed (milliseconds since 1970) at some moment between two of `performance.now()`: how far it is ahead lies between
 * two bounds. The least that fits is kept, and raised by looks that were quicker. undefined: it is followed no more.
 */
export function setClock(look: { there: number; asked: number; answered: number } | undefined): void {
  if (look === undefined) {
    ahead = undefined;
    return;
  }
  const [least, most] = [look.there - look.answered, look.there - look.asked];
  ahead = ahead === undefined || ahead > most ? least : Math.max(ahead, least);
}
