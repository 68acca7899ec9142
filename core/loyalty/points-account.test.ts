import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Account, type Entry, earn, expire, spend } from "./points-account";
import { tampering } from "./points-chain";

const at = new Date("2026-11-22T04:00:00Z");
const fresh = (): Account => ({ balance: 0, entries: 0, lastHash: "", lots: [] });
const causes = () => {
  let n = 0;
  return { reason: "test", run: null, step: null, at, newId: () => `id-${String(++n).padStart(6, "0")}` };
};
const left = (account: Account) => account.lots.map((lot) => lot.remaining);

describe("a points account", () => {
  it("spends the lot that ends first, then the next, never-ending ones last", () => {
    const [account, cause] = [fresh(), causes()];
    earn(account, 100, null, cause);
    earn(account, 50, "2027-12-31", cause);
    earn(account, 30, "2027-06-30", cause);
    const lines = spend(account, 90, cause);
    expect(lines?.map((line) => line.points)).toEqual([-30, -50, -10]);
    expect(left(account)).toEqual([90, 0, 0]);
    expect(account.balance).toBe(90);
  });

  it("refuses to spend more than there is and changes nothing", () => {
    const [account, cause] = [fresh(), causes()];
    earn(account, 100, null, cause);
    expect(spend(account, 101, cause)).toBeNull();
    expect(account.balance).toBe(100);
  });

  it("pays a debt from what is earned next", () => {
    const account = { ...fresh(), balance: -30 };
    earn(account, 100, "2027-12-31", causes());
    expect(account.balance).toBe(70);
    expect(left(account)).toEqual([70]);
  });

  it("keeps a lot through its last day and writes it off on the next", () => {
    const [account, cause] = [fresh(), causes()];
    earn(account, 100, "2026-11-22", cause);
    expect(expire(account, "2026-11-22", cause)).toEqual([]);
    expect(expire(account, "2026-11-23", cause).map((line) => line.points)).toEqual([-100]);
    expect(account.balance).toBe(0);
  });

  it("keeps lots, lines and balance in step whatever happens, and any change of a line shows", () => {
    const act = fc.record({
      points: fc.integer({ min: 1, max: 500 }),
      kind: fc.constantFrom("earn", "spend", "expire"),
      day: fc.constantFrom("2026-11-01", "2026-12-01", null),
    });
    fc.assert(
      fc.property(
        fc.array(act, { minLength: 1, maxLength: 20 }),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        (acts, pick, by) => {
          const [account, cause] = [fresh(), causes()];
          const entries: Entry[] = acts.flatMap(({ kind, points, day }) =>
            kind === "earn"
              ? [earn(account, points, day, cause)]
              : kind === "spend"
                ? (spend(account, points, cause) ?? [])
                : expire(account, "2026-11-22", cause),
          );
          const stored = entries.map(({ reason: _, ...entry }) => entry);
          const sum = left(account).reduce((a, b) => a + b, 0);
          expect(tampering(stored, account, sum)).toBeNull();
          if (stored.length === 0) return;
          const place = pick % stored.length;
          const changed = stored.map((entry, i) => (i === place ? { ...entry, points: entry.points + by } : entry));
          expect(tampering(changed, account, sum)).toEqual({ sequence: place + 1, what: "a line was changed" });
          expect(tampering(stored.slice(0, -1), account, sum)).not.toBeNull();
        },
      ),
    );
  });
});
