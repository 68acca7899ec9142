import { z } from "zod";
import { idsInput, page, pageInput } from "@/core/cursor";
import type { JobId, WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { ok, refuse } from "@/core/refusals";
import { TimeZone } from "@/core/workspace/settings";
import { join, keyset, type Sql, sql, type Tx } from "@/platform/db";
import { signature } from "../access/actor";
import { changedMeanwhile } from "../access/meanwhile";
import { useCase } from "../access/use-case";
import { startJob } from "../jobs/start";
import { Code, closedIs, PlaceName, PlaceState } from "./merchants";

export const Store = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  merchant: z.string(),
  merchantName: z.string(),
  region: z.string().nullable(),
  mall: z.string().nullable(),
  address: z.string().nullable(),
  timeZone: z
    .string()
    .nullable()
    .describe("of those who joined here and have none of their own; null: the workspace's"),
  createdAt: Instant,
  closedAt: Instant.nullable(),
});
export type Store = z.infer<typeof Store>;

const Line = z.string().trim().max(120);
const Facts = { region: Line, mall: Line, address: z.string().trim().max(300), timeZone: TimeZone };
const NewStore = z.strictObject({
  merchant: z.uuid(),
  code: Code,
  name: PlaceName,
  region: Facts.region.optional(),
  mall: Facts.mall.optional(),
  address: Facts.address.optional(),
  timeZone: Facts.timeZone.optional(),
});

/** Stores by a condition over `s`, by code unless told otherwise. */
export const readStores = (
  tx: Tx,
  workspace: WorkspaceId,
  where: Sql,
  limit: number,
  by: Sql = sql`s.code`,
): Promise<Store[]> =>
  tx.rows<Store>(sql`
    SELECT s.id, s.code, s.name, s.merchant_id AS merchant, m.name AS "merchantName", s.region, s.mall, s.address, s.time_zone AS "timeZone",
      s.created_at AS "createdAt", s.closed_at AS "closedAt"
    FROM store s JOIN merchant m ON m.workspace_id = s.workspace_id AND m.id = s.merchant_id
    WHERE s.workspace_id = ${workspace} AND ${where} ORDER BY ${by} LIMIT ${limit}`);

export const createStore = useCase({
  may: "workspace.write",
  input: NewStore,
  output: Store,
  audit: "store.created",
  says: "Add a store to a merchant",
  async run({ tx, actor: { workspace }, now, newId }, { merchant, code, name, region, mall, address, timeZone }) {
    const owner = await tx.one<{ closedAt: Date | null }>(sql`
      SELECT closed_at AS "closedAt" FROM merchant WHERE workspace_id = ${workspace} AND id = ${merchant} FOR SHARE`);
    if (!owner) return refuse("not_found", "no such merchant", ["merchant"]);
    if (owner.closedAt) return refuse("conflict", "the merchant is closed: open it again first", ["merchant"]);
    const id = newId();
    const made = await tx.run(sql`
      INSERT INTO store (workspace_id, id, merchant_id, code, name, region, mall, address, time_zone, created_at)
      VALUES (${workspace}, ${id}, ${merchant}, ${code}, ${name}, ${region || null}, ${mall || null}, ${address || null}, ${timeZone ?? null}, ${now})
      ON CONFLICT (workspace_id, code) DO NOTHING`);
    return made ? one(tx, workspace, id) : refuse("conflict", "another store has this code", ["code"]);
  },
});

const KEYS = {
  code: { key: sql`s.code`, is: "text" },
  name: { key: sql`s.name`, is: "text" },
  created: { key: sql`s.created_at`, is: "instant" },
} as const;
const OF = { code: "code", name: "name", created: "createdAt" } as const;

export const listStores = useCase({
  may: "workspace.read",
  input: z.object({
    ...pageInput,
    ...idsInput,
    merchant: z.uuid().optional(),
    state: PlaceState,
    q: z.string().trim().max(120).optional().describe("a part of its name, code, region, mall or address"),
    sort: z.enum(["code", "name", "created"]).default("code"),
    order: z.enum(["asc", "desc"]).default("asc"),
  }),
  output: z.object({ items: z.array(Store), next: z.string().nullable() }),
  says: "Stores, by code unless asked",
  async run({ tx, actor: { workspace } }, { limit, ids, merchant, state, q, ...sorting }) {
    const { by, beyond, place } = keyset(sorting, KEYS, sql`s.id`);
    const where = [closedIs(sql`s.closed_at`, state), ...(beyond ? [beyond] : [])];
    if (ids) where.push(sql`s.id = ANY(${ids}::uuid[])`);
    if (merchant) where.push(sql`s.merchant_id = ${merchant}`);
    if (q)
      where.push(
        sql`strpos(lower(concat_ws(' ', s.name, s.code, s.region, s.mall, s.address, m.name)), lower(${q}::text)) > 0`,
      );
    const rows = await readStores(tx, workspace, join(where, " AND "), limit + 1, by);
    return ok(page(rows, limit, (store) => place(store[OF[sorting.sort]], store.id)));
  },
});

const OneStore = z.strictObject({ store: z.uuid() });

const CHANGES = {
  name: PlaceName.optional(),
  region: Facts.region.nullable().optional(),
  mall: Facts.mall.nullable().optional(),
  address: Facts.address.nullable().optional(),
  timeZone: Facts.timeZone.nullable().optional(),
};

export const updateStore = useCase({
  may: "workspace.write",
  input: OneStore.extend({
    ...CHANGES,
    was: z
      .strictObject(CHANGES)
      .optional()
      .describe(
        "the changed fields as they were when you read them; where somebody else has changed one since, nothing is done",
      ),
  }),
  output: Store,
  audit: "store.updated",
  records: ({ was: _, ...changes }) => changes,
  says: "Change what is known of a store; null clears a field. Its code stays, as tills know it by that",
  async run({ tx, actor, now, newId }, { store, was, ...changes }) {
    const { workspace } = actor;
    // Two who change different things at once both hold.
    await tx.run(sql`SELECT 1 FROM store WHERE workspace_id = ${workspace} AND id = ${store} FOR NO KEY UPDATE`);
    const [old] = await readStores(tx, workspace, sql`s.id = ${store}`, 1);
    if (!old) return refuse("not_found", "no such store");
    const overtaken = changedMeanwhile(was, old, changes);
    if (overtaken) return overtaken;
    const { name, region, mall, address, timeZone } = { ...old, ...changes };
    await tx.run(sql`
      UPDATE store SET name = ${name}, region = ${region || null}, mall = ${mall || null}, address = ${address || null}, time_zone = ${timeZone ?? null}
      WHERE workspace_id = ${workspace} AND id = ${store}`);
    if ((timeZone ?? null) !== old.timeZone) {
      const job = { id: newId() as JobId, kind: "zones", journey: null, spec: { store }, total: 0 } as const;
      await startJob(tx, workspace, job, signature(actor), now);
    }
    return one(tx, workspace, store);
  },
});

export const closeStore = useCase({
  may: "workspace.write",
  input: OneStore,
  output: Store,
  audit: "store.closed",
  says: "Close a store: nothing is redeemed there any more; what happened there stays",
  async run({ tx, actor: { workspace }, now }, { store }) {
    await tx.run(sql`
      UPDATE store SET closed_at = ${now} WHERE workspace_id = ${workspace} AND id = ${store} AND closed_at IS NULL`);
    return one(tx, workspace, store);
  },
});

export const reopenStore = useCase({
  may: "workspace.write",
  input: OneStore,
  output: Store,
  audit: "store.reopened",
  says: "Open a closed store again",
  async run({ tx, actor: { workspace } }, { store }) {
    const merchant = await tx.one<{ closedAt: Date | null }>(sql`
      SELECT m.closed_at AS "closedAt" FROM store s JOIN merchant m ON m.workspace_id = s.workspace_id AND m.id = s.merchant_id
      WHERE s.workspace_id = ${workspace} AND s.id = ${store} FOR SHARE OF m`);
    if (merchant?.closedAt) return refuse("conflict", "its merchant is closed: open that again first");
    await tx.run(sql`UPDATE store SET closed_at = NULL WHERE workspace_id = ${workspace} AND id = ${store}`);
    return one(tx, workspace, store);
  },
});

async function one(tx: Tx, workspace: WorkspaceId, store: string) {
  const [found] = await readStores(tx, workspace, sql`s.id = ${store}`, 1);
  return found ? ok(found) : refuse("not_found", "no such store");
}
