import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import { ok, refuse } from "@/core/refusals";
import { TimeZone } from "@/core/workspace/settings";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { Code } from "./merchants";

export type Store = {
  id: string;
  code: string;
  name: string;
  merchant: string;
  merchantName: string;
  region: string | null;
  mall: string | null;
  timeZone: string | null;
};

const NewStore = z.strictObject({
  merchant: z.uuid(),
  code: Code,
  name: z.string().trim().min(1).max(120),
  region: z.string().trim().max(120).optional(),
  mall: z.string().trim().max(120).optional(),
  timeZone: TimeZone.optional(),
});

export const createStore = useCase({
  may: "workspace.write",
  input: NewStore,
  audit: "store.created",
  says: "Add a store to a merchant",
  async run({ tx, actor: { workspace }, newId }, { merchant, code, name, region, mall, timeZone }) {
    const owner = await tx.one<{ name: string }>(
      sql`SELECT name FROM merchant WHERE workspace_id = ${workspace} AND id = ${merchant}`,
    );
    if (!owner) return refuse("not_found", "no such merchant", ["merchant"]);
    const row = await tx.one<{ id: string }>(sql`
      INSERT INTO store (workspace_id, id, merchant_id, code, name, region, mall, time_zone)
      VALUES (${workspace}, ${newId()}, ${merchant}, ${code}, ${name}, ${region ?? null}, ${mall ?? null}, ${timeZone ?? null})
      ON CONFLICT (workspace_id, code) DO NOTHING RETURNING id`);
    return row
      ? ok({ id: row.id, code, name, merchant, merchantName: owner.name })
      : refuse("conflict", "another store has this code", ["code"]);
  },
});

export const listStores = useCase({
  may: "workspace.read",
  input: z.object({ ...pageInput, merchant: z.uuid().optional() }),
  says: "Stores by code",
  async run({ tx, actor: { workspace } }, { cursor, limit, merchant }) {
    const [after = ""] = fromCursor(cursor) ?? [];
    const rows = await tx.rows<Store>(sql`
      SELECT s.id, s.code, s.name, s.merchant_id AS merchant, m.name AS "merchantName", s.region, s.mall, s.time_zone AS "timeZone"
      FROM store s JOIN merchant m ON m.workspace_id = s.workspace_id AND m.id = s.merchant_id
      WHERE s.workspace_id = ${workspace} AND s.code > ${String(after)} AND (${merchant ?? null}::uuid IS NULL OR s.merchant_id = ${merchant ?? null})
      ORDER BY s.code LIMIT ${limit + 1}`);
    return ok(page(rows, limit, ({ code }) => [code]));
  },
});
