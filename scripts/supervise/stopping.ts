type Part = { stop(): Promise<void>; kill(): void };

/** What runs, by rank: stopped from the highest rank down, those of one rank together. */
export class Running {
  #ranks: Part[][] = [];

  add(rank: number, part: Part): void {
    this.#ranks[rank] = [...(this.#ranks[rank] ?? []), part];
  }

  async stop(): Promise<void> {
    for (const rank of [...this.#ranks].reverse())
      await Promise.all((rank ?? []).map((part) => part.stop().catch(() => {})));
  }

  /** At once, without a word. */
  kill(): void {
    for (const part of this.#ranks.flat()) part?.kill();
  }
}
