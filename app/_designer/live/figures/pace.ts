/** How many had entered at an instant (epoch milliseconds). */
export type Sample = { at: number; entered: number };

const WINDOW_MS = 60_000;
/** Two looks closer than this say more about the clock than about the pace. */
const LEAST_MS = 1_500;

/** The samples of the last minute with one more; a number that fell, or that belongs to a standstill, begins anew. */
export function look(samples: readonly Sample[], next: Sample): Sample[] {
  const last = samples.at(-1);
  if (last && next.entered < last.entered) return [next];
  if (last && next.at <= last.at) return [...samples];
  return [...samples.filter(({ at }) => next.at - at <= WINDOW_MS), next];
}

/** Members a minute over the samples; undefined as long as they say nothing. */
export function perMinute(samples: readonly Sample[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < LEAST_MS) return undefined;
  return ((last.entered - first.entered) / (last.at - first.at)) * 60_000;
}

/** Whole minutes until `of` have entered at this pace, at least one; undefined where it stands still. */
export function minutesLeft(
  pace: number | undefined,
  { entered, of }: { entered: number; of: number },
): number | undefined {
  return pace === undefined || pace <= 0 || entered >= of ? undefined : Math.max(1, Math.ceil((of - entered) / pace));
}
