import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { ok, refuse } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { join, type Sql, sql, type Tx } from "@/platform/db";
import { useCase } from "../access/use-case";

/** What tills and partners call it by: stable, unlike its name. */
export const Code = z
  .string()
  .trim()
  .regex(/^[\w.-]{1,64}$/, "letters, digits, . _ and - only")
  // A till may name a store by either.
  .refine((code) => !isUuid(code), "should not have the form of an id");
export const PlaceName = z.string().trim().min(1, "should have a name").max(120);
/** Which places a list shows: closed ones only when asked for. */
export const PlaceState = z.enum(["open", "closed", "all"]).default("open");
export const closedIs = (column: Sql, state: z.infer<typeof PlaceState>): Sql =>
  state === "all" ? sql`true` : state === "open" ? sql`${column} IS NULL` : sql`${column} IS NOT NULL`;

export const Merchant = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  stores: z.int().describe("open ones"),
  createdAt: Instant,
  closedAt: Instant.nullable(),
});
export type Merchant = z.infer<typeof Merchant>;

const readMerchants = (tx: Tx, workspace: WorkspaceId, where: Sql, limit: number): Promise<Merchant[]> =>
  tx.rows<Merchant>(sql`
    SELECT m.id, m.code, m.name, m.created_at AS "createdAt", m.closed_at AS "closedAt",
      (SELECT count(*)::int FROM store s WHERE s.workspace_id = m.workspace_id AND s.merchant_id = m.id AND s.closed_at IS NULL) AS stores
    FROM merchant m WHERE m.workspace_id = ${workspace} AND ${where} ORDER BY m.code LIMIT ${limit}`);

export const createMerchant = useCase({
  may: "workspace.write",
  input: z.strictObject({ code: Code, name: PlaceName }),
  output: Merchant,
  audit: "merchant.created",
  says: "Add a merchant",
  async run({ tx, actor: { workspace }, now, newId }, { code, name }) {
    const id = newId();
    const made = await tx.run(sql`
      INSERT INTO merchant (workspace_id, id, code, name, created_at) VALUES (${workspace}, ${id}, ${code}, ${name}, ${now})
      ON CONFLICT (workspace_id, code) DO NOTHING`);
    if (!made) return refuse("conflict", "another merchant has this code", ["code"]);
    return ok<Merchant>({ id, code, name, stores: 0, createdAt: now, closedAt: null });
  },
});

export const listMerchants = useCase({
  may: "workspace.read",
  input: z.object({ ...pageInput, state: PlaceState }),
  output: z.object({ items: z.array(Merchant), next: z.string().nullable() }),
  says: "Merchants by code",
  async run({ tx, actor: { workspace } }, { cursor, limit, state }) {
    const [after = ""] = fromCursor(cursor) ?? [];
    const where = join([sql`m.code > ${String(after)}`, closedIs(sql`m.closed_at`, state)], " AND ");
    return ok(page(await readMerchants(tx, workspace, where, limit + 1), limit, ({ code }) => [code]));
  },
});

const OneMerchant = z.strictObject({ merchant: z.uuid() });

export const renameMerchant = useCase({
  may: "workspace.write",
  input: OneMerchant.extend({ name: PlaceName }),
  output: Merchant,
  audit: "merchant.renamed",
  says: "Rename a merchant; its code stays, as tills know it by that",
  async run({ tx, actor: { workspace } }, { merchant, name }) {
    await tx.run(sql`UPDATE merchant SET name = ${name} WHERE workspace_id = ${workspace} AND id = ${merchant}`);
    return one(tx, workspace, merchant);
  },
});

export const closeMerchant = useCase({
  may: "workspace.write",
  input: OneMerchant,
  output: Merchant,
  audit: "merchant.closed",
  says: "Close a merchant with its stores; what they did stays",
  async run({ tx, actor: { workspace }, now }, { merchant }) {
    const closed = await tx.run(sql`
      UPDATE merchant SET closed_at = ${now} WHERE workspace_id = ${workspace} AND id = ${merchant} AND closed_at IS NULL`);
    if (closed)
      await tx.run(sql`
        UPDATE store SET closed_at = ${now} WHERE workspace_id = ${workspace} AND merchant_id = ${merchant} AND closed_at IS NULL`);
    return one(tx, workspace, merchant);
  },
});

export const reopenMerchant = useCase({
  may: "workspace.write",
  input: OneMerchant,
  output: Merchant,
  audit: "merchant.reopened",
  says: "Open a closed merchant again, with the stores that were closed together with it",
  async run({ tx, actor: { workspace } }, { merchant }) {
    await tx.run(sql`
      UPDATE store s SET closed_at = NULL FROM merchant m
      WHERE s.workspace_id = ${workspace} AND s.merchant_id = ${merchant} AND m.workspace_id = s.workspace_id AND m.id = s.merchant_id AND s.closed_at = m.closed_at`);
    await tx.run(sql`UPDATE merchant SET closed_at = NULL WHERE workspace_id = ${workspace} AND id = ${merchant}`);
    return one(tx, workspace, merchant);
  },
});

async function one(tx: Tx, workspace: WorkspaceId, merchant: string) {
  const [found] = await readMerchants(tx, workspace, sql`m.id = ${merchant}`, 1);
  return found ? ok(found) : refuse("not_found", "no such merchant");
}
