const began = Date.now();

/** One progress line: how long since the start, which part, what happens. */
export function say(part: string, what: string): void {
  const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(6);
  console.log(`${seconds} s  ${part.padEnd(10)} ${what}`);
}

/** Runs a long piece of work, with a sign of life every ten seconds. */
export async function during<T>(part: string, what: string, work: Promise<T>): Promise<T> {
  const since = Date.now();
  const beat = setInterval(() => say(part, `${what}: ${Math.round((Date.now() - since) / 1000)} s so far`), 10_000);
  return work.finally(() => clearInterval(beat));
}
