import { describe, expect, it } from "vitest";
import type { WorkspaceId } from "@/core/ids";
import { Counted } from "./counted";

const [a, b] = ["a", "b"] as WorkspaceId[] as [WorkspaceId, WorkspaceId];

/** A clock turned by hand, and counts that take as long as they are told to. */
function bench(leastMs: number) {
  let now = 0;
  let counts = 0;
  const counted = new Counted<number>(leastMs, () => now);
  return {
    counted,
    pass: (ms: number) => {
      now += ms;
    },
    look: async (cost = 1, workspace = a) => {
      const { value } = await counted.of(workspace, "week", async () => {
        now += cost;
        return ++counts;
      });
      return value;
    },
  };
}

describe("what is costly to count", () => {
  it("is counted once for all who look within its time, and per workspace", async () => {
    const { look, pass } = bench(4_000);
    expect(await Promise.all([look(), look(), look()])).toEqual([1, 1, 1]);
    pass(3_900);
    expect([await look(), await look(1, b)]).toEqual([1, 2]);
    pass(200);
    expect(await look()).toBe(3);
  });

  it("is kept ten times as long as it took, so that many rows cost no more than a tenth of the time", async () => {
    const { look, pass } = bench(4_000);
    await look(2_000);
    pass(19_000);
    expect(await look(2_000)).toBe(1);
    pass(1_100);
    expect(await look(2_000)).toBe(2);
  });

  it("is what it was for those who look while it is counted anew", async () => {
    const { counted, look, pass } = bench(4_000);
    await look();
    pass(5_000);
    let done = (_: number) => {};
    const slow = counted.of(a, "week", () => new Promise<number>((resolve) => (done = resolve)));
    expect(await look()).toBe(1);
    done(77);
    expect([(await slow).value, await look()]).toEqual([77, 77]);
  });

  it("is counted by the next who waits, when a count fails", async () => {
    const { counted, look } = bench(4_000);
    const broken = counted.of(a, "week", () => Promise.reject(new Error("no connection")));
    const next = look();
    await expect(broken).rejects.toThrow("no connection");
    expect(await next).toBe(1);
  });

  it("is counted at each look while it is cheap, where every change is to show at once", async () => {
    const { look, pass } = bench(0);
    expect([await look(), await look(199)]).toEqual([1, 2]);
    expect([await look(200), await look(200)]).toEqual([3, 3]);
    pass(2_100);
    expect(await look()).toBe(4);
  });

  it("says how long what it tells stands", async () => {
    const { counted, pass } = bench(4_000);
    const tell = () => counted.of(a, "week", async () => 1);
    expect(await tell()).toEqual({ value: 1, standsMs: 4_000 });
    pass(1_500);
    expect(await tell()).toEqual({ value: 1, standsMs: 2_500 });
  });
});
