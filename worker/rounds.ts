/** What a turn left: nothing, more to do behind the others' turns, or more to do after so many milliseconds. */
export type Left = "nothing" | "more" | { after: number };

/**
 * Turns at numbered things (`turn`, which must not throw), at most `atOnce` at a time and never two at one. Who wants one gets it behind those who
 * wanted theirs before, and keeps its place for that one turn only: however much one has to do, the others wait for a turn, not for its end.
 */
export class Rounds {
  /** In the order of asking: a Set keeps it. */
  private readonly wanted = new Set<number>();
  private readonly running = new Map<number, Promise<void>>();
  private readonly later = new Map<number, NodeJS.Timeout>();
  private isStopped = false;

  constructor(
    private readonly atOnce: number,
    private readonly turn: (which: number) => Promise<Left>,
  ) {}

  /** Asked for during its turn, it gets another. */
  want(...which: readonly number[]): void {
    for (const one of which) this.wanted.add(one);
    this.begin();
  }

  /** Begins no more turns; resolves when those that run have ended. */
  async stop(): Promise<void> {
    this.isStopped = true;
    for (const timer of this.later.values()) clearTimeout(timer);
    await Promise.all(this.running.values());
  }

  private begin(): void {
    for (const which of this.wanted) {
      if (this.isStopped || this.running.size >= this.atOnce) return;
      if (this.running.has(which)) continue;
      this.wanted.delete(which);
      clearTimeout(this.later.get(which));
      this.later.delete(which);
      this.running.set(which, this.take(which));
    }
  }

  private async take(which: number): Promise<void> {
    const left = await this.turn(which);
    this.running.delete(which);
    if (left === "more" || this.wanted.delete(which)) this.wanted.add(which);
    else if (left !== "nothing" && !this.isStopped) {
      this.later.set(
        which,
        setTimeout(() => this.want(which), left.after),
      );
    }
    this.begin();
  }
}
