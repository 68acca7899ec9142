/** A line of the audit as folding sees it. */
export type Seen = { id: string; at: Date; actor: string; action: string };
/** Lines of one program that did the same again and again, between two that people left. In the order of the list. */
export type Fold = { first: Seen; last: Seen; count: number };

/**
 * Folds what programs (keys, the system) did: between two lines of people, those of one actor and action become one, where its first stood. What
 * people did stays line by line. At most `limit` come back, with the last line that is in them: the next page begins after it.
 */
export function foldPrograms(lines: readonly Seen[], limit: number): { folds: Fold[]; last: Seen | undefined } {
  const folds: Fold[] = [];
  let stretch = new Map<string, Fold>();
  let last: Seen | undefined;
  for (const line of lines) {
    const isPerson = line.actor.startsWith("user:");
    const key = `${line.actor} ${line.action}`;
    const known = isPerson ? undefined : stretch.get(key);
    if (!known && folds.length === limit) break;
    if (known) {
      known.last = line;
      known.count++;
    } else {
      const fold = { first: line, last: line, count: 1 };
      folds.push(fold);
      if (isPerson) stretch = new Map();
      else stretch.set(key, fold);
    }
    last = line;
  }
  return { folds, last };
}
