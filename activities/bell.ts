/**
 * The bells of this process: worker/bells rings them, lingering activities wait on them. A latch: a ring that comes while nobody waits is
 * kept until the next look clears it.
 */
type Bell = { isRung: boolean; wakes: Set<() => void>; last: number; before: number; rings: number };
const bells = new Map<string, Bell>();
let waiting = 0;

/** Beyond so many, bells that nobody waits on and that were silent for a minute are forgotten: they ring for every conductor there ever was. */
const MOST_BELLS = 1000;
const SILENT_MS = 60_000;

/** Each lingering activity occupies a slot and sends heartbeats; past this many, the others sleep at once and are woken through Temporal. */
const MOST_LINGERING = 160;
const LINGER_MS = 2000;

function bell(conductor: string): Bell {
  let known = bells.get(conductor);
  if (!known) {
    if (bells.size >= MOST_BELLS) forgetSilent(Date.now());
    bells.set(conductor, (known = { isRung: false, wakes: new Set(), last: -Infinity, before: -Infinity, rings: 0 }));
  }
  return known;
}

function forgetSilent(now: number): void {
  for (const [conductor, { wakes, last }] of bells)
    if (wakes.size === 0 && now - last > SILENT_MS) bells.delete(conductor);
}

/** A ring was heard, whether the conductor is awake here or not. */
export function ringHere(conductor: string, now: number): void {
  const own = bell(conductor);
  own.before = own.last;
  own.last = now;
  own.isRung = true;
  own.rings++;
  for (const wake of own.wakes) wake();
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
  if (own.rings === since && !over.aborted) await woken(own, over);
  return !over.aborted;
}

/** Until it rings, `over` comes, or `ms` have passed. Its listener goes with it: an activity waits many times under one signal. */
async function woken(own: Bell, over: AbortSignal, ms?: number): Promise<void> {
  let end = (): void => {};
  const ended = new Promise<void>((done) => {
    end = () => done();
  });
  const timer = ms === undefined ? undefined : setTimeout(end, ms);
  own.wakes.add(end);
  over.addEventListener("abort", end, { once: true });
  await ended;
  clearTimeout(timer);
  own.wakes.delete(end);
  over.removeEventListener("abort", end);
}

/** Whether one more may wait in its activity. */
export const mayWait = (): boolean => waiting < MOST_LINGERING;

/** Waits so long, or until it rings or `stop` comes. */
export async function waitHere(conductor: string, ms: number, stop: AbortSignal): Promise<void> {
  const own = bell(conductor);
  if (own.isRung || stop.aborted) return;
  waiting++;
  await woken(own, stop, ms);
  waiting--;
}

/** Waits a moment for the next ring, where rings come often and not too many wait already. True when it rang. */
export async function linger(conductor: string, now: number, stop: AbortSignal): Promise<boolean> {
  const own = bell(conductor);
  if (own.isRung) return true;
  if (now - own.before > LINGER_MS * 2 || own.last - own.before > LINGER_MS || !mayWait() || stop.aborted) return false;
  await waitHere(conductor, LINGER_MS, stop);
  return own.isRung;
}
