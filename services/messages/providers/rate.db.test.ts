import { expect, it } from "vitest";
import { database } from "@/tests/harness/database";
import { standingClock } from "@/tests/harness/standing-clock";
import { returnCalls, takeCalls } from "./rate";

const { url } = await database({ max: 20 });
const clock = await standingClock(url);
const START = Date.UTC(2026, 2, 2, 1);

it("holds a provider to its rate over all who call", async () => {
  /** What ten workers get at once, again and again, until they get no more. */
  const taken = async (): Promise<number> => {
    const got = await Promise.all(Array.from({ length: 10 }, () => takeCalls("slow", 50, 64)));
    const all = got.reduce((a, b) => a + b, 0);
    return all === 0 ? 0 : all + (await taken());
  };
  await clock.set(START);
  // The first call makes the bucket.
  await takeCalls("slow", 50, 1);
  // A full bucket at first, then fifty a second; what nobody calls for is kept for a second.
  for (const [after, calls] of [
    [0, 50],
    [0, 0],
    [20, 1],
    [120, 5],
    [620, 25],
    [1_620, 50],
    [60_000, 50],
  ] as const) {
    await clock.set(START + after);
    expect([after, await taken()]).toEqual([after, calls]);
  }
});

it("spends a provider's rate on calls, not on looks that find no message", async () => {
  await clock.set(START);
  await takeCalls("single", 50, 1);
  let used = 0;
  for (let i = 0; i < 30; i++) {
    const allowed = await takeCalls("single", 50, 64);
    used += Math.min(1, allowed);
    await returnCalls("single", 50, allowed - 1);
  }
  // Taken five at a time and not put back, the second's fifty were gone after ten of them.
  expect(used).toBe(30);
});
