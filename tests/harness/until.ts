import { availableParallelism, loadavg } from "node:os";
import { setTimeout as pause } from "node:timers/promises";

type Truthy<T> = Exclude<T, false | null | undefined | 0 | "">;

const MOST_SLACK = 3;

/** How many times longer all takes where more wants to run than there are processors; past three times nothing is excused. */
export const slack = (): number => Math.min(MOST_SLACK, Math.max(1, (loadavg()[0] ?? 0) / availableParallelism()));

/**
 * Asks again until the answer is truthy, and returns it. Throws after the deadline (milliseconds on a machine that does nothing else), with the
 * last answer or error.
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  {
    deadline = 10_000,
    every = 25,
    what = "the condition",
  }: { deadline?: number; every?: number; what?: string | (() => string) } = {},
): Promise<Truthy<T>> {
  let last: unknown;
  for (const began = Date.now(); ; await pause(every)) {
    try {
      const answer = await condition();
      if (answer) return answer as Truthy<T>;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() - began > deadline * slack()) {
      const shown = last instanceof Error ? last.message : JSON.stringify(last);
      throw new Error(
        `${typeof what === "string" ? what : what()} did not hold within ${deadline} ms; last: ${shown}`,
        { cause: last },
      );
    }
  }
}
