/** The known words that differ least from one that is not known, at most two letters and never all of them; none = it is like no other. */
export function nearest(word: string, known: readonly string[]): string[] {
  const near = known.flatMap((one) => {
    const letters = distance(one, word);
    return letters <= Math.min(2, one.length - 2) ? [{ one, letters }] : [];
  });
  const least = Math.min(...near.map(({ letters }) => letters));
  return near.filter(({ letters }) => letters === least).map(({ one }) => one);
}

/** Letters to change, add or leave out (Levenshtein 1966). */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
