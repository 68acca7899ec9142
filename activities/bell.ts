/**
 * The bells of this process: worker/bells rings them, lingering activities wait on them. A latch: a ring that comes while nobody waits is
 * kept until the next look clears it.
 */
type Bell = { isRung: boolean; wake: (() => void) | undefined; last: number; before: number; rings: number };
const bells = new Map<string, Bell>();
let waiting = 0;

/** Each lingering activity occupies a slot and sends heartbeats; past this many, the others sleep at once and are woken through Temporal. */
const MOST_LINGERING = 64;
const LINGER_MS = 2000;

function bell(conductor: string): Bell {
  let known = bells.get(conductor);
  if (!known)
    bells.set(conductor, (known = { isRung: false, wake: undefined, last: -Infinity, before: -Infinity, rings: 0 }));
  return known;
}

/** A ring was heard, whether the conductor is awake here or not. */
export function ringHere(conductor: string, now: number): void {
  const own = bell(conductor);
  own.before = own.last;
  own.last = now;
  own.isRung = true;
  own.rings++;
  own.wake?.();
}

/** Called before each look: what rings from here on is news. */
export const clear = (conductor: string): void => {
  bell(conductor).isRung = false;
};

/** How often it has rung in this process. */
export const ringsOf = (conductor: string): number => bell(conductor).rings;

/** Waits until it has rung more often than `since`, for whoever works beside a look and leaves the latch to it. False when `over` comes first. */
export async function rungSince(conductor: string, since: number, over: AbortSignal): Promise<boolean> {
  const own = bell(conductor);
  if (own.rings === since && !over.aborted)
    await new Promise<void>((done) => {
      own.wake = done;
      over.addEventListener("abort", () => done(), { once: true });
    });
  own.wake = undefined;
  return !over.aborted;
}

/** Waits a moment for the next ring, where rings come often and not too many wait already. True when it rang. */
export async function linger(conductor: string, now: number, stop: AbortSignal): Promise<boolean> {
  const own = bell(conductor);
  if (own.isRung) return true;
  if (
    now - own.before > LINGER_MS * 2 ||
    own.last - own.before > LINGER_MS ||
    waiting >= MOST_LINGERING ||
    stop.aborted
  )
    return false;
  waiting++;
  await new Promise<void>((done) => {
    // Its listener goes with it: an activity lingers many times under one signal.
    const end = (): void => {
      clearTimeout(timer);
      stop.removeEventListener("abort", end);
      done();
    };
    const timer = setTimeout(end, LINGER_MS);
    stop.addEventListener("abort", end);
    own.wake = end;
  });
  own.wake = undefined;
  waiting--;
  return own.isRung;
}
