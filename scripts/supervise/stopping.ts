type Stop = { name: string; stop(): Promise<void> };

/** What runs, in the order it was started; stopped in the reverse order, those of one rank together. */
export class Running {
  #ranks: Stop[][] = [];

  add(rank: number, name: string, stop: () => Promise<void>): void {
    this.#ranks[rank] = [...(this.#ranks[rank] ?? []), { name, stop }];
  }

  async stop(): Promise<void> {
    for (const rank of this.#ranks.splice(0).reverse())
      await Promise.all((rank ?? []).map((each) => each.stop().catch(() => {})));
  }
}
