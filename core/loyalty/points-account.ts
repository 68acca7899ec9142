import { entryHash } from "./points-chain";

/** A balance that no grant may pass: the ledger's columns end soon after. */
export const MOST_BALANCE = 2_000_000_000;

/** A member's points in memory while a set is worked through: folded here, written once. */
export type Account = { balance: number; entries: number; lastHash: string; lots: Lot[] };
/** `isNew`: made in this set, so it is inserted; others are updated. */
export type Lot = { id: string; earned: number; remaining: number; lastDay: string | null; isNew?: true };
export type Entry = {
  id: string;
  sequence: number;
  kind: "earn" | "spend" | "expire" | "merge";
  points: number;
  balance: number;
  lot: string | null;
  reason: string;
  run: string | null;
  step: string | null;
  at: Date;
  hash: string;
};
/** Where a line comes from. `newId` makes the ids of lines and lots. */
export type Cause = { reason: string; run: string | null; step: string | null; at: Date; newId: () => string };

/** Adds a lot. What the member owes (a negative balance) is paid from it first. */
export function earn(account: Account, points: number, lastDay: string | null, cause: Cause): Entry {
  const owed = Math.min(points, Math.max(0, -account.balance));
  const lot = { id: cause.newId(), earned: points, remaining: points - owed, lastDay, isNew: true as const };
  account.lots.push(lot);
  return line(account, "earn", points, lot.id, cause);
}

/** Takes from the lots that expire first (never-expiring last), one line a lot; null when the lots hold too little. Expire first. */
export function spend(account: Account, points: number, cause: Cause): Entry[] | null {
  if (account.balance < points) return null;
  const lines: Entry[] = [];
  let wanted = points;
  for (const lot of [...account.lots].sort(byEnd)) {
    const taken = Math.min(lot.remaining, wanted);
    if (taken === 0) continue;
    lot.remaining -= taken;
    wanted -= taken;
    lines.push(line(account, "spend", -taken, lot.id, cause));
  }
  if (wanted > 0) throw new Error("the lots hold less than the balance");
  return lines;
}

/** Writes off the lots whose last day is before `today`. */
export function expire(account: Account, today: string, cause: Cause): Entry[] {
  const over = account.lots
    .filter((lot) => lot.remaining > 0 && lot.lastDay !== null && lot.lastDay < today)
    .sort(byEnd);
  return over.map((lot) => {
    const left = lot.remaining;
    lot.remaining = 0;
    return line(account, "expire", -left, lot.id, cause);
  });
}

// Lots of one last day by id, which is by time of earning.
const byEnd = (a: Lot, b: Lot): number => {
  const [x, y] = [a.lastDay ?? "9999-12-31", b.lastDay ?? "9999-12-31"];
  return x === y ? (a.id < b.id ? -1 : 1) : x < y ? -1 : 1;
};

/** Appends one line to the chain; lots are the caller's. */
export function line(account: Account, kind: Entry["kind"], points: number, lot: string | null, cause: Cause): Entry {
  account.balance += points;
  account.entries += 1;
  const { reason, ...chained } = {
    id: cause.newId(),
    sequence: account.entries,
    kind,
    points,
    balance: account.balance,
    lot,
    run: cause.run,
    step: cause.step,
    at: cause.at,
    reason: cause.reason,
  };
  account.lastHash = entryHash(account.lastHash, chained);
  return { ...chained, reason, hash: account.lastHash };
}
