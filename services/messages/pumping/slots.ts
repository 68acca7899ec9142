import type { Account } from "./account";

/**
 * The calls that one account carries at once from this process, shared by all queues it serves. Who waits is served in order, so that a busy
 * queue leaves the others theirs.
 */
export class Slots {
  private free: number;
  private readonly waiting: ((granted: number) => void)[] = [];
  /** Fewer are not worth a claim, which costs almost the same whatever it takes. */
  private readonly least: number;

  constructor(readonly all: number) {
    this.free = all;
    this.least = Math.ceil(all / 2);
  }

  /** All that are free, once they are worth a claim; none when they are not within so many milliseconds. Whoever takes them gives them back. */
  async take(withinMs: number): Promise<number> {
    if (this.waiting.length === 0 && this.free >= this.least) return this.grant();
    return new Promise((resolve) => {
      const served = (granted: number): void => {
        clearTimeout(timer);
        resolve(granted);
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(served), 1);
        resolve(0);
      }, withinMs);
      this.waiting.push(served);
    });
  }

  give(count: number): void {
    this.free += count;
    if (this.free < this.least) return;
    const next = this.waiting.shift();
    if (next) next(this.grant());
  }

  private grant(): number {
    const granted = this.free;
    this.free = 0;
    return granted;
  }
}

const known = new Map<string, Slots>();

/** The slots of an account in this process; a changed number makes new ones. */
export function slotsOf({ name, atOnce }: Pick<Account, "name" | "atOnce">): Slots {
  const own = known.get(name);
  if (own?.all === atOnce) return own;
  const made = new Slots(atOnce);
  known.set(name, made);
  return made;
}
