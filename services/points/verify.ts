import { z } from "zod";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { type StoredEntry, tampering } from "@/core/loyalty/points-chain";
import { ok } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { useCase } from "../access/use-case";

const Finding = z.object({ member: z.string(), sequence: z.int(), what: z.string() });
type Finding = z.infer<typeof Finding>;
type AccountRow = { member: MemberId; balance: number; entries: number; lastHash: string; lots: number };

const PAGE = 500;

/** Recomputes every member's chain of hashes, balances and lots; finds each ledger that was altered, and where first. */
export const verifyPoints = useCase({
  may: "points.read",
  input: z.object({ member: z.uuid().optional() }),
  output: z.object({ accounts: z.int(), entries: z.int(), findings: z.array(Finding) }),
  says: "Verify that nobody altered the points ledger",
  async run({ tx, actor: { workspace } }, { member }) {
    let [accounts, entries, after] = [0, 0, ""];
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
      if (rows.length < PAGE) return ok({ accounts, entries, findings });
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
  WHERE m.workspace_id = ${workspace} AND m.id > ${after || "00000000-0000-0000-0000-000000000000"} AND (${only ?? null}::uuid IS NULL OR m.id = ${only ?? null}::uuid)
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
  for (const { member, ...entry } of rows) chains.set(member, [...(chains.get(member) ?? []), entry]);
  return chains;
}
