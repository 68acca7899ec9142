import { fnv1a } from "@/core/hash";

/** Repeatable chance: the same seed draws the same numbers (sfc32). */
export class Chance {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(seed: string) {
    this.#a = fnv1a(seed);
    this.#b = fnv1a(`${seed}/b`);
    this.#c = fnv1a(`${seed}/c`);
    for (let i = 0; i < 12; i++) this.next();
  }

  /** At least 0, below 1. */
  next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + t) | 0;
    return (t >>> 0) / 4_294_967_296;
  }

  is(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number, both ends among them. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[Math.floor(this.next() * from.length)] ?? from[0];
  }

  /** One of them, the heavier the likelier. */
  weighted<T extends { weight: number }>(from: readonly [T, ...T[]]): T {
    let left = this.next() * from.reduce((sum, { weight }) => sum + weight, 0);
    return from.find(({ weight }) => (left -= weight) < 0) ?? from[0];
  }

  /** Time until the next of events that come at random, `mean` apart. */
  gap(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }
}
