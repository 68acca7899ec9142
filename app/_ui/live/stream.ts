/** A connection of the browser's: what it tells of itself. `broken`: for good = the browser does not try again by itself. */
export type Told = { open(): void; broken(isForGood: boolean): void; changed(topic: string): void };
export type StreamPorts = {
  /** Opens a connection for these topics; returns how to close it. */
  connect(topics: readonly string[], told: Told): () => void;
  later(ms: number, work: () => void): () => void;
};
export type Listener = { topics: readonly string[]; changed(topic: string): void; opened(isOpen: boolean): void };
export type Stream = {
  /** Hears topics until the returned function is called. */
  listen(listener: Listener): () => void;
  /** A window that nobody sees needs no connection; once it is seen again, everything counts as changed. */
  shown(isShown: boolean): void;
};

const GATHER_MS = 20;
const AGAIN_MS = [1000, 2000, 5000, 10_000, 30_000];

type Line = { topics: readonly string[]; isOpen: boolean; close(): void };

/**
 * One connection for all that a window listens to: a browser has six for an origin, and each kept open is one less for everything else. What
 * could have been missed, because no connection stood, counts as changed. A connection that was refused is tried again with growing pauses.
 */
export function createStream({ connect, later }: StreamPorts): Stream {
  const listeners = new Set<Listener>();
  let isShown = true;
  let live: Line | undefined;
  let coming: Line | undefined;
  let failures = 0;
  let cancel = () => {};

  const plan = (ms: number): void => {
    cancel();
    cancel = later(ms, look);
  };
  const tell = (topics: readonly string[]): void => {
    for (const { topics: own, changed } of [...listeners])
      for (const topic of own) if (topics.includes(topic)) changed(topic);
  };
  const tellOpen = (): void => {
    for (const { topics, opened } of [...listeners])
      opened(live?.isOpen === true && topics.every((topic) => live?.topics.includes(topic)));
  };
  const closeAll = (): void => {
    live?.close();
    coming?.close();
    live = coming = undefined;
  };

  function look(): void {
    const wanted = [...new Set([...listeners].flatMap(({ topics }) => topics))].sort();
    if (wanted.length === 0 || !isShown) {
      closeAll();
      tellOpen();
      return;
    }
    const isFor = (line: Line | undefined) => line?.topics.join(" ") === wanted.join(" ");
    if (coming && !isFor(coming)) {
      coming.close();
      coming = undefined;
    }
    if (coming || isFor(live)) {
      tellOpen();
      return;
    }
    const line: Line = { topics: wanted, isOpen: false, close: () => {} };
    coming = line;
    line.close = connect(wanted, {
      open() {
        if (line !== coming && line !== live) return;
        // The old connection stands until the new one does, so that nothing is missed of what it told.
        const covered = line === coming && live?.isOpen ? live.topics : [];
        if (line === coming) {
          live?.close();
          live = line;
          coming = undefined;
        }
        line.isOpen = true;
        failures = 0;
        tellOpen();
        tell(wanted.filter((topic) => !covered.includes(topic)));
      },
      broken(isForGood) {
        if (line !== coming && line !== live) return;
        line.isOpen = false;
        if (isForGood) {
          line.close();
          if (line === live) live = undefined;
          else coming = undefined;
          plan(AGAIN_MS[Math.min(failures++, AGAIN_MS.length - 1)] ?? GATHER_MS);
        }
        tellOpen();
      },
      changed: (topic) => tell([topic]),
    });
  }

  return {
    listen(listener) {
      listeners.add(listener);
      plan(GATHER_MS);
      return () => {
        listeners.delete(listener);
        plan(GATHER_MS);
      };
    },
    shown(now) {
      isShown = now;
      look();
    },
  };
}
