type Look = { at: number; waiting: number; rate: number };

/**
 * When a backlog will be gone, by how it shrank from look to look: what comes in counts against it. `most`: counts stop there, so that a longer one
 * tells nothing.
 */
export class Drain {
  private last: Look | undefined;
  constructor(private readonly most: number) {}

  /** `at`: milliseconds of any steady clock. Seconds until nothing waits: 0 when nothing does, null when it does not shrink or cannot be told. */
  look(at: number, waiting: number): number | null {
    const before = this.last;
    const isKnown = before !== undefined && at > before.at && before.waiting < this.most && waiting < this.most;
    const rate = isKnown ? ((before.waiting - waiting) * 1000) / (at - before.at) : 0;
    // Halfway to the last, so that one odd look does not turn it over.
    const smooth = isKnown && before.rate !== 0 ? (before.rate + rate) / 2 : rate;
    this.last = { at, waiting, rate: smooth };
    if (waiting === 0) return 0;
    return smooth > 0 ? waiting / smooth : null;
  }
}
