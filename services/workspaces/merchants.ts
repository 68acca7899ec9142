import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";

/** What tills and partners call it by: stable, unlike its name. */
export const Code = z
  .string()
  .trim()
  .regex(/^[\w.-]{1,64}$/, "letters, digits, . _ and - only");
export type Merchant = { id: string; code: string; name: string; createdAt: Date };

export const createMerchant = useCase({
  may: "workspace.write",
  input: z.strictObject({ code: Code, name: z.string().trim().min(1).max(120) }),
  audit: "merchant.created",
  says: "Add a merchant",
  async run({ tx, actor, newId }, { code, name }) {
    const row = await tx.one<Merchant>(sql`
      INSERT INTO merchant (workspace_id, id, code, name) VALUES (${actor.workspace}, ${newId()}, ${code}, ${name})
      ON CONFLICT (workspace_id, code) DO NOTHING RETURNING id, code, name, created_at AS "createdAt"`);
    return row ? ok(row) : refuse("conflict", "another merchant has this code", ["code"]);
  },
});

export const listMerchants = useCase({
  may: "workspace.read",
  input: z.object(pageInput),
  says: "Merchants by code",
  async run({ tx, actor }, { cursor, limit }) {
    const [after = ""] = fromCursor(cursor) ?? [];
    const rows = await tx.rows<Merchant>(sql`
      SELECT id, code, name, created_at AS "createdAt" FROM merchant
      WHERE workspace_id = ${actor.workspace} AND code > ${String(after)} ORDER BY code LIMIT ${limit + 1}`);
    return ok(page(rows, limit, ({ code }) => [code]));
  },
});
