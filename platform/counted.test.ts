import pg from "pg";
import { describe, expect, it } from "vitest";
import type { WorkspaceId } from "@/core/ids";
import { Counted } from "./counted";

const [a, b] = ["a", "b"] as WorkspaceId[] as [WorkspaceId, WorkspaceId];

/** A clock turned by hand, and counts that take as long as they are told to. */
function bench(leastMs: number) {
  let now = 0;
  let counts = 0;
  const counted = new Counted<number>(leastMs, { clock: () => now });
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

/** As Postgres gives up a statement. */
const tooSlow = () => Object.assign(new pg.DatabaseError("too slow", 0, "error"), { code: "57014" });

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

  it("is tried by one of all who wait, and not again for ten times as long, when it takes too long", async () => {
    for (const leastMs of [0, 4_000]) {
      const { counted, look, pass } = bench(leastMs);
      let tries = 0;
      const slow = () =>
        counted.of(a, "week", async () => {
          tries++;
          await Promise.resolve();
          pass(6_000);
          throw tooSlow();
        });
      const first = await Promise.allSettled([slow()]);
      const others = await Promise.allSettled([slow(), slow(), look()]);
      expect([...first, ...others].map(({ status }) => status)).toEqual(Array(4).fill("rejected"));
      pass(59_000);
      await expect(slow()).rejects.toThrow("too slow");
      expect(tries).toBe(1);
      pass(1_100);
      const again = await Promise.allSettled([slow(), slow(), slow()]);
      expect([again.map(({ status }) => status), tries]).toEqual([Array(3).fill("rejected"), 2]);
      pass(61_000);
      expect(await look()).toBe(1);
    }
  });

  it("is one try for all who wait for a first count that takes too long", async () => {
    const { counted, pass } = bench(4_000);
    let tries = 0;
    const slow = () =>
      counted.of(a, "week", async () => {
        tries++;
        await Promise.resolve();
        pass(30_000);
        throw tooSlow();
      });
    const all = await Promise.allSettled(Array.from({ length: 10 }, slow));
    expect([all.map(({ status }) => status), tries]).toEqual([Array(10).fill("rejected"), 1]);
  });

  it("is what it was before for all but the one who tried, when counting it anew takes too long", async () => {
    const { counted, look, pass } = bench(4_000);
    await look();
    pass(5_000);
    const slow = counted.of(a, "week", async () => {
      pass(10_000);
      throw tooSlow();
    });
    await expect(slow).rejects.toThrow("too slow");
    pass(90_000);
    expect(await look()).toBe(1);
    pass(11_000);
    expect(await look()).toBe(2);
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
