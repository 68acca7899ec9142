/** Keeps what was made for the last `size` keys. */
export class Kept<V> {
  private readonly known = new Map<string, V>();

  constructor(private readonly size: number) {}

  get(key: string, make: () => V): V {
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const made = make();
    const oldest = this.known.keys().next();
    if (this.known.size >= this.size && !oldest.done) this.known.delete(oldest.value);
    this.known.set(key, made);
    return made;
  }
}
