import type { WorkspaceId } from "@/core/ids";
import { type Sql, sql, type Tx } from "@/platform/db";

const BUCKETS = 1024;
const PROBED = 8;
/** Members looked at for a live answer: enough for ±1 % of the whole, few enough to be read in a tenth of a second. */
const WANTED = 20_000;

/** Known members of one workspace (`m`), all of them or those whose id's hash falls into the first buckets. Uses member_sample. */
export type Sample = {
  where: Sql;
  /** The share of all that is in it, 0 to 1. */
  share: number;
};

/** As many buckets as hold enough members; all members where that is not many more. */
export async function sampleOf(tx: Tx, workspace: WorkspaceId, wanted = WANTED): Promise<Sample> {
  const probe = await tx.one<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM member m WHERE ${known(workspace)} AND ${bucket()} < ${PROBED}`);
  const all = ((probe?.n ?? 0) * BUCKETS) / PROBED;
  if (all <= wanted * 2) return { where: known(workspace), share: 1 };
  const taken = Math.min(BUCKETS, Math.max(1, Math.round((wanted / all) * BUCKETS)));
  return taken === BUCKETS
    ? { where: known(workspace), share: 1 }
    : { where: sql`${known(workspace)} AND ${bucket()} < ${taken}`, share: taken / BUCKETS };
}

const known = (workspace: WorkspaceId): Sql =>
  sql`m.workspace_id = ${workspace} AND m.merged_into IS NULL AND NOT m.is_anonymous`;
const bucket = (): Sql => sql`(uuid_hash(m.id) & 1023)`;
