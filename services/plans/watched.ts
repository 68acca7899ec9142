import type { WorkspaceId } from "@/core/ids";
import { asksForCoupons, type Reads, readsOf } from "@/core/rules/reads";
import type { Rule } from "@/core/rules/rule";
import { oncePerTransaction, sql, type Tx } from "@/platform/db";

/** A segment whose members are kept. `builtTo`: while it is built, members beyond this id are the builder's; null = not under way. */
export type Watched = {
  id: string;
  name: string;
  revision: number;
  rule: Rule;
  reads: Reads;
  isBuilding: boolean;
  builtTo: string | null;
};

type Row = { id: string; revision: number; state: string; position: string | null };

// By id and revision, so that a cached rule is never stale. Insertion order makes the Map an LRU.
const cache = new Map<string, Pick<Watched, "name" | "rule" | "reads">>();
const KEPT = 2000;

/** A workspace's segments as a transaction first sees them, each with its rule read once a process and revision. */
export const watchedSegments = oncePerTransaction(async (tx, workspace): Promise<Watched[]> => {
  const rows = await tx.rows<Row>(sql`
    SELECT id, revision, state, position FROM segment WHERE workspace_id = ${workspace} ORDER BY id`);
  const missing = rows.filter((row) => !cache.has(keyOf(row)));
  if (missing.length > 0) await read(tx, workspace, missing);
  return rows.flatMap((row) => {
    const known = cache.get(keyOf(row));
    return known
      ? [{ id: row.id, revision: row.revision, isBuilding: row.state === "building", builtTo: row.position, ...known }]
      : [];
  });
});

async function read(tx: Tx, workspace: WorkspaceId, missing: readonly Row[]): Promise<void> {
  const rules = await tx.rows<{ id: string; revision: number; name: string; rule: Rule }>(sql`
    SELECT id, revision, name, rule FROM segment WHERE workspace_id = ${workspace} AND id = ANY(${missing.map((m) => m.id)}::uuid[])`);
  for (const { id, revision, name, rule } of rules)
    cache.set(keyOf({ id, revision }), { name, rule, reads: readsOf(rule) });
  for (const key of cache.keys()) {
    if (cache.size <= KEPT) break;
    cache.delete(key);
  }
}

const keyOf = ({ id, revision }: Pick<Row, "id" | "revision">): string => `${id} ${revision}`;

/** Events by which our own ledgers change what a rule reads; attributes and fields that senders set come with their own events. */
const CHANGES: Record<string, (reads: Reads) => boolean> = {
  tag_added: ({ fields }) => fields.has("tags"),
  tag_removed: ({ fields }) => fields.has("tags"),
  points_earned: ({ fields }) => fields.has("points"),
  points_spent: ({ fields }) => fields.has("points"),
  points_expired: ({ fields }) => fields.has("points"),
  coupon_issued: asksForCoupons,
  coupon_redeemed: asksForCoupons,
  coupon_returned: asksForCoupons,
  coupon_voided: asksForCoupons,
  tier_changed: ({ fields }) => fields.has("tier"),
  attribute_changed: ({ fields }) => [...fields].some((field) => field.startsWith("attributes.")),
};

/** Whether an event of this name can change who is in the segment, other than by the fields it sets itself. */
export const concerns = (reads: Reads, event: string): boolean =>
  reads.did.has(event) || (CHANGES[event]?.(reads) ?? false);
