import { z } from "zod";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { type StoredEntry, tampering } from "@/core/loyalty/points-chain";
import { type Outcome, ok } from "@/core/refusals";
import { FIRST_UUID } from "@/core/uuid";
import { sql, type Tx } from "@/platform/db";
import { useCase } from "../access/use-case";

const Finding = z.object({ member: z.string(), sequence: z.int(), what: z.string() });
type Finding = z.infer<typeof Finding>;
const Verified = z.object({
  accounts: z.int(),
  entries: z.int(),
  findings: z.array(Finding),
  next: z.string().nullable().describe("where to go on; null = all were looked at"),
});
type Verified = z.infer<typeof Verified>;
type AccountRow = { member: MemberId; balance: number; entries: number; lastHash: string; lots: number };

const PAGE = 500;
/** One call looks at no more members once it has read so many lines or found so much: a second or two of work. */
const MOST_ENTRIES = 100_000;
const MOST_FINDINGS = 1000;

/**
 * Recomputes members' chains of hashes, balances and lots, in the order of their ids; finds each ledger that was altered, and where first. All is
 * read as it stood at one instant, so what is earned meanwhile is no finding.
 */
export const verifyPoints = useCase({
  may: "points.read",
  input: z.object({
    member: z.uuid().optional(),
    after: z.uuid().optional().describe("the next of the answer before: goes on behind that member"),
  }),
  output: Verified,
  isSnapshot: true,
  says: "Verify that nobody altered the points ledger: some of it at a time, on from `next`",
  async run({ tx, actor: { workspace } }, { member, after: from }): Promise<Outcome<Verified>> {
    let [accounts, entries, after] = [0, 0, from ?? ""];
    const findings: Finding[] = [];
    for (;;) {
      const rows = await accountsAfter(tx, workspace, after, member);
      const chains = await chainsOf(
        tx,
        workspace,
        rows.map((row) => row.member),
      );
      for (const account of rows) {
        const chain = chains.get(account.member) ?? [];
        const found = tampering(chain, account, account.lots);
        if (found) findings.push({ member: account.member, ...found });
        entries += chain.length;
      }
      accounts += rows.length;
      after = rows.at(-1)?.member ?? "";
      if (rows.length < PAGE) return ok({ accounts, entries, findings, next: null });
      if (entries >= MOST_ENTRIES || findings.length >= MOST_FINDINGS)
        return ok({ accounts, entries, findings, next: after });
    }
  },
});

/** Members with an account or with lines but no account: a deleted account shows too. */
const accountsAfter = (
  tx: Tx,
  workspace: WorkspaceId,
  after: string,
  only: string | undefined,
): Promise<AccountRow[]> =>
  tx.rows(sql`
  SELECT m.id AS member, coalesce(a.balance, 0) AS balance, coalesce(a.entries, 0) AS entries, coalesce(a.last_hash, '') AS "lastHash",
    (SELECT coalesce(sum(l.remaining), 0) FROM points_lot l WHERE l.workspace_id = m.workspace_id AND l.member_id = m.id AND l.remaining > 0) AS lots
  FROM member m LEFT JOIN points_account a ON a.workspace_id = m.workspace_id AND a.member_id = m.id
  WHERE m.workspace_id = ${workspace} AND m.id > ${after || FIRST_UUID} AND (${only ?? null}::uuid IS NULL OR m.id = ${only ?? null}::uuid)
    AND (a.member_id IS NOT NULL OR EXISTS (SELECT FROM points_entry e WHERE e.workspace_id = m.workspace_id AND e.member_id = m.id))
  ORDER BY m.id
  LIMIT ${PAGE}`);

async function chainsOf(tx: Tx, workspace: WorkspaceId, members: MemberId[]): Promise<Map<MemberId, StoredEntry[]>> {
  const rows = await tx.rows<StoredEntry & { member: MemberId }>(sql`
    SELECT member_id AS member, id, sequence, kind, points, balance, lot_id AS lot, run_id AS run, step, at, hash
    FROM points_entry
    WHERE workspace_id = ${workspace} AND member_id = ANY(${members}::uuid[])
    ORDER BY member_id, sequence`);
  const chains = new Map<MemberId, StoredEntry[]>();
  for (const { member, ...entry } of rows) {
    const chain = chains.get(member);
    if (chain) chain.push(entry);
    else chains.set(member, [entry]);
  }
  return chains;
}
