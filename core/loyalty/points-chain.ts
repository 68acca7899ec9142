import { sha256Hex } from "../hash";

/** What a ledger line's hash covers. The reason stays out: it may hold words about a person, and a person can ask to be erased. */
export type ChainedEntry = {
  id: string;
  sequence: number;
  kind: string;
  points: number;
  balance: number;
  lot: string | null;
  run: string | null;
  step: string | null;
  at: Date;
};

/** The hash of a line over the one before it ("" before the first): SHA-256 over a JSON list in this order, so that anyone can recompute it. */
export const entryHash = (
  previous: string,
  { id, sequence, kind, points, balance, lot, run, step, at }: ChainedEntry,
): string =>
  sha256Hex(JSON.stringify([previous, id, sequence, kind, points, balance, lot, run, step, at.toISOString()]));

export type StoredEntry = ChainedEntry & { hash: string };
export type StoredAccount = { balance: number; entries: number; lastHash: string };

/** The first place where a member's ledger was altered, or null. `lots`: the sum of what its lots still hold. */
export function tampering(
  entries: readonly StoredEntry[],
  account: StoredAccount,
  lots: number,
): { sequence: number; what: string } | null {
  let hash = "";
  let balance = 0;
  for (const [i, entry] of entries.entries()) {
    const sequence = i + 1;
    if (entry.sequence !== sequence) return { sequence, what: "a line is missing" };
    if (entryHash(hash, entry) !== entry.hash) return { sequence, what: "a line was changed" };
    if (entry.balance !== balance + entry.points)
      return { sequence, what: "a line's balance does not follow from the one before" };
    hash = entry.hash;
    balance = entry.balance;
  }
  const after = entries.length + 1;
  if (account.entries !== entries.length || account.lastHash !== hash)
    return { sequence: after, what: "lines were cut off, or the account was changed" };
  if (account.balance !== balance) return { sequence: after, what: "the account's balance was changed" };
  if (lots !== Math.max(balance, 0)) return { sequence: after, what: "the lots do not add up to the balance" };
  return null;
}
